'use client';

import { useTranslations } from 'next-intl';
import type { LegalHold } from '../api-client/legal-holds.ts';
import { Moment } from '../time/moment.tsx';

type Held = Pick<LegalHold, 'everything' | 'logGroups' | 'person' | 'from' | 'to'>;

/** What a hold holds, in words: which log groups, whose, of which period. */
export function HoldWords({ hold }: { hold: Held }) {
  const t = useTranslations('legalHolds');
  const { everything, logGroups, person, from, to } = hold;
  if (everything) return <p>{t('everything')}</p>;
  return (
    <>
      <p>
        {logGroups.length === 0 ? (
          t('everyLogGroup')
        ) : (
          <code className="font-mono text-record">{logGroups.join(', ')}</code>
        )}
        <span className="ml-3">
          {from === null && to === null
            ? t('everyTime')
            : t.rich('period', {
                from: () => (from === null ? t('fromStart') : <Moment at={from} />),
                to: () => (to === null ? t('toNow') : <Moment at={to} />),
              })}
        </span>
      </p>
      {person !== null && (
        <p>
          {t('ofPerson', { name: person.name ?? person.id })}{' '}
          <span className="text-meta text-muted">{t('personNote')}</span>
        </p>
      )}
    </>
  );
}
