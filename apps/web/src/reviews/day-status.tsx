'use client';

import { useTranslations } from 'next-intl';
import type { LogReview } from '../api-client/log-reviews.ts';
import { Moment } from '../time/moment.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { useDuration } from '../time/use-duration.ts';
import { itemsLeft } from './item-order.ts';

/** State, due time and what is left, in one line. */
export function DayStatus({ review }: { review: LogReview }) {
  const t = useTranslations('logReviews');
  const duration = useDuration();
  const { state, isLate, dueAt, items } = review;
  const left = itemsLeft(review);
  const isRunning = state === 'open' || state === 'returned' || state === 'missed';
  const remaining = Date.parse(dueAt) - nowMilliseconds();
  const due = () => <Moment at={dueAt} />;
  return (
    <span className="flex flex-wrap gap-x-4">
      <span className={isRunning && remaining < 0 ? 'font-medium text-bad' : ''}>{t(`states.${state}`)}</span>
      {isLate && <span className="text-attention">{t('late')}</span>}
      <span className={isRunning && remaining < 0 ? 'text-bad' : ''}>
        {!isRunning && t.rich('dueAt', { at: due })}
        {isRunning && remaining >= 0 && t.rich('due', { at: due, left: duration(remaining) })}
        {isRunning && remaining < 0 && t.rich('overdue', { at: due, over: duration(-remaining) })}
      </span>
      {isRunning && (
        <span>{left === 0 ? t('allDecided', { all: items.length }) : t('left', { left, all: items.length })}</span>
      )}
    </span>
  );
}
