'use client';

import { useTranslations } from 'next-intl';
import type { ReviewItem } from '../api-client/log-reviews.ts';

const colors = {
  open: 'text-muted',
  looking: 'text-muted',
  'no-finding': '',
  exception: 'font-medium text-bad',
} as const;

/** The result of an item and who gave it. */
export function ItemStateWord({ item }: { item: ReviewItem }) {
  const t = useTranslations('logReviews');
  return (
    <span className="min-w-0 text-right sm:text-left">
      <span className={colors[item.state]}>{t(`itemStates.${item.state}`)}</span>
      {item.isBulk && <span className="ml-1 text-meta text-muted">{t('bulkMark')}</span>}
      {item.decidedBy !== null && <span className="ml-2 text-meta text-muted max-sm:hidden">{item.decidedBy}</span>}
    </span>
  );
}
