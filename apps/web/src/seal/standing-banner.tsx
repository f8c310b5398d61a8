'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { useSupportSession } from '../session/use-support-session.ts';
import { Moment } from '../time/moment.tsx';
import { FindingList } from './finding-list.tsx';
import { SealSquare } from './seal-mark.tsx';
import { useStanding } from './use-standing.ts';

const mostListed = 3;

/** On every page of an organisation whose last verification failed, until one proves everything again. */
export function StandingBanner() {
  const t = useTranslations('standing');
  const standing = useStanding();
  const isOwn = useSupportSession() === null;
  const mayRead = mayDo(useSession(), 'integrity.read') && isOwn;
  if (standing === undefined || (standing.outcome !== 'altered' && standing.outcome !== 'unreadable')) return null;
  const { outcome, findingCount, findings, verifiedAt } = standing;
  const listed = findings.slice(0, mostListed);
  return (
    <section
      aria-label={t('title')}
      role="alert"
      className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b border-l-4 border-line border-l-bad bg-sunken px-3 py-1.5"
    >
      <span className="mt-[3px] shrink-0">
        <SealSquare state="mismatch" size={16} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium text-bad">
          {t.rich(outcome, { count: findingCount, at: () => <Moment at={verifiedAt} /> })}
        </p>
        {listed.length > 0 && <FindingList findings={listed} />}
        {findings.length < findingCount && !mayRead && <p className="text-meta text-muted">{t('beyondAccess')}</p>}
      </div>
      {mayRead && (
        <Link href="/integrity" className="inline-block min-h-6 text-accent underline underline-offset-2">
          {t('all', { count: findingCount })}
        </Link>
      )}
    </section>
  );
}
