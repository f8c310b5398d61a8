'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { WaitingRetentionChange } from '../api-client/retention.ts';
import { useSession } from '../session/session-context.tsx';
import { Moment } from '../time/moment.tsx';
import { ChangeWords } from './change-words.tsx';

/** What is asked for and holds only once another person has confirmed it. */
export function WaitingChanges({ waiting }: { waiting: readonly WaitingRetentionChange[] }) {
  const t = useTranslations('retention.waiting');
  const { user } = useSession();
  if (waiting.length === 0) return null;
  return (
    <section aria-label={t('title', { count: waiting.length })} className="mb-6 max-w-[72ch]">
      <h2 className="mb-1 font-medium">{t('title', { count: waiting.length })}</h2>
      <ul className="border-t border-line">
        {waiting.map(({ approvalId, change, requestedBy, requestedAt, lapsesAt }) => (
          <li key={approvalId} className="border-b border-line py-2">
            <ChangeWords change={change} />
            <p className="text-meta text-muted">
              {t.rich('asked', { name: requestedBy.name, at: () => <Moment at={requestedAt} /> })}{' '}
              {t.rich('lapses', { at: () => <Moment at={lapsesAt} /> })}
            </p>
            <p className="text-meta">
              {requestedBy.id === user.id ? (
                <span className="text-muted">{t('own')}</span>
              ) : (
                <Link href="/access/approvals" className="text-accent underline underline-offset-2">
                  {t('decide')}
                </Link>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
