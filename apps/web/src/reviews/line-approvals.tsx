'use client';

import { useTranslations } from 'next-intl';
import { formatInstant } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import type { ReviewLine } from './review-lines.ts';

const colors = { inside: 'text-good', outside: 'text-bad', unknown: 'text-attention' } as const;

/** Whether an act was approved, and by which approval: its number, what for, from when until when, by whom. */
export function LineApprovals({ approval, approvals }: Pick<ReviewLine, 'approval' | 'approvals'>) {
  const t = useTranslations('logReviews');
  const { zone } = useZone();
  if (approval === null) return null;
  const moment = (at: string | null) => (at === null ? '' : formatInstant(Date.parse(at), zone).slice(0, 16));
  return (
    <>
      <span className={colors[approval]}>{t(`approval.${approval}`)}</span>
      {approval === 'outside' && approvals.length > 0 && (
        <span className="block text-meta text-muted">{t('approval.near')}</span>
      )}
      {approvals.map(({ number, target, purpose, approver, from, to }) => (
        <span key={`${number}-${target}-${from}`} className="block text-meta text-muted">
          {[number, target, purpose].filter((part) => part !== null && part !== '').join(' · ')}
          <span className="block whitespace-nowrap">
            {t('approval.period', { from: moment(from), to: moment(to) })}
          </span>
          {approver !== null && <span className="block">{t('approval.by', { name: approver })}</span>}
        </span>
      ))}
    </>
  );
}
