'use client';

import { useTranslations } from 'next-intl';
import type { RetentionVerdict } from '../api-client/retention.ts';

const styles: Readonly<Record<RetentionVerdict['state'], string>> = {
  holds: 'text-text',
  young: 'text-text',
  broken: 'font-medium text-bad',
  unknown: 'font-medium text-attention',
  empty: 'text-muted',
  'out-of-scope': 'text-muted',
};

/** Whether 90 and 365 days are there, as a word, and below it why not. */
export function VerdictWord({ verdict }: { verdict: RetentionVerdict }) {
  const t = useTranslations('retention');
  const { state, online, kept } = verdict;
  const sides = [
    { part: 'online' as const, side: online },
    { part: 'kept' as const, side: kept },
  ].filter(({ side }) => side.state === state && (state === 'broken' || state === 'unknown'));
  return (
    <>
      <span className={styles[state]}>{t(`states.${state}`)}</span>
      {sides.map(({ part, side }) => (
        <span key={part} className="block text-meta whitespace-normal text-muted">
          {t(`reasons.${side.reason}`, { floor: side.floorDays })}
        </span>
      ))}
    </>
  );
}
