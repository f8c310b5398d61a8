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
      {approvals.map(({ number, target, purpose, approver, from, to }) => (
        <span key={`${number}-${target}-${from}`} className="block max-w-[28ch] text-meta text-muted">
          {approval === 'outside' && `${t('approval.near')}: `}
          {[
            ...[number, target, purpose].filter((part) => part !== null && part !== ''),
            t('approval.period', { from: moment(from), to: moment(to) }),
            ...(approver === null ? [] : [t('approval.by', { name: approver })]),
          ].join(' · ')}
        </span>
      ))}
    </>
  );
}
