'use client';

import { useTranslations } from 'next-intl';
import { useId, type ReactNode } from 'react';
import type { LogReview, ReviewItem } from '../api-client/log-reviews.ts';
import { ItemDetails } from './item-details.tsx';
import { ItemRow } from './item-row.tsx';
import type { Deciding } from './use-decide.ts';
import type { Triage } from './use-triage.ts';

interface ItemListProps {
  title: string;
  /** What the group means, or that nothing is in it. */
  note?: string | undefined;
  /** Something to do with the whole group. */
  action?: ReactNode;
  items: readonly ReviewItem[];
  review: LogReview;
  deciding: Deciding;
  triage: Triage;
  isCounted: boolean;
  isStrong?: boolean;
}

/** A group of items under its name and number. */
export function ItemList({ title, note, action, items, isStrong = false, ...props }: ItemListProps) {
  const { review, deciding, triage, isCounted } = props;
  const t = useTranslations('logReviews');
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line">
        <h2 id={heading} className="font-medium">
          {title}{' '}
          <span className={isStrong && items.length > 0 ? 'text-attention' : 'font-normal text-muted'}>
            {items.length}
          </span>
        </h2>
        {note !== undefined && <p className="text-meta text-muted">{note}</p>}
        <span className="flex-1" />
        {action}
      </div>
      {items.length > 0 && (
        <ul>
          {items.map((item) => (
            <ItemRow
              key={item.id}
              item={item}
              isOpen={triage.open === item.id}
              isCurrent={triage.current === item.id}
              onToggle={() => triage.toggle(item.id)}
              onFocus={() => triage.focus(item.id)}
            >
              {() => (
                <ItemDetails
                  review={review}
                  item={item}
                  deciding={deciding}
                  isCounted={isCounted}
                  isExceptionOpen={triage.isExceptionOpen}
                  onException={triage.setException}
                  onDecided={() => triage.goOn(item.id)}
                />
              )}
            </ItemRow>
          ))}
        </ul>
      )}
      {items.length === 0 && note === undefined && <p className="py-2 text-muted">{t('paper.none')}</p>}
    </section>
  );
}
