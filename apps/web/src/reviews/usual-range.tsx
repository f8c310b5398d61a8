'use client';

import { useTranslations } from 'next-intl';
import type { ReviewItem } from '../api-client/log-reviews.ts';

/** The day's count against the same weekday's usual range: in words, and as a mark on a line. */
export function UsualRange({ item }: { item: Pick<ReviewItem, 'usual' | 'summary'> }) {
  const t = useTranslations('logReviews.details');
  const { usual, summary } = item;
  if (summary === null) return null;
  if (usual === null) {
    return (
      <p>
        {t('count', { count: summary.rows })} <span className="block text-meta text-muted">{t('usualNone')}</span>
      </p>
    );
  }
  const end = Math.max(summary.rows, usual.high, 1) * 1.1;
  const place = (value: number) => `${(Math.max(0, value) / end) * 100}%`;
  return (
    <div>
      <p>{t('count', { count: summary.rows })}</p>
      <div aria-hidden className="relative my-1 h-3 max-w-80 border-b border-edge">
        <span
          className="absolute bottom-0 h-1.5 bg-line"
          style={{ left: place(usual.low), width: place(usual.high - usual.low) }}
        />
        <span className="absolute bottom-0 h-3 w-0.5 bg-text" style={{ left: place(summary.rows) }} />
      </div>
      <p className="text-meta text-muted">{t('usualText', usual)}</p>
    </div>
  );
}
