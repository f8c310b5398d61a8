'use client';

import type { AccessThrough } from '@akashi/contracts';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Moment } from '../time/moment.tsx';
import { GrantSentence } from './grant-sentence.tsx';
import { usePeople } from './use-people.ts';
import { useSourceNames } from './use-source-names.ts';

/** By which grants, of which groups, or that the role itself or a support access gives it. */
export function ThroughList({ through }: { through: readonly AccessThrough[] }) {
  const t = useTranslations('access.through');
  const sources = useSourceNames();
  const people = usePeople();
  if (through.length === 0) return <p className="text-muted">{t('none')}</p>;
  return (
    <ul className="grid gap-2">
      {through.map((each, index) => (
        <li key={each.grantId ?? index} className="whitespace-normal">
          {each.kind !== 'grant' ? (
            <span className={`mr-2 ${each.kind === 'role' ? 'text-muted' : 'font-medium text-attention'}`}>
              {t(each.kind)}
            </span>
          ) : (
            <Link
              href={`/access/groups/${each.groupId ?? ''}`}
              className="mr-2 text-accent underline underline-offset-2"
            >
              {each.groupName}
            </Link>
          )}
          <GrantSentence grant={each} sourceName={sources.nameOf} />
          {each.kind !== 'role' && (
            <span className="block text-meta text-muted">
              {t.rich(each.kind === 'support' ? 'supportFacts' : 'facts', {
                approver: each.approvedBy === null ? '–' : people.nameOfEmail(each.approvedBy),
                reason: each.reason ?? '–',
                until: () => <Moment at={each.validTo} none={t('open')} />,
              })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
