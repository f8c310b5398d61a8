'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { LogReview, ReviewItem } from '../api-client/log-reviews.ts';
import { FindingSummary } from '../findings/finding-summary.tsx';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { DecisionForm } from './decision-form.tsx';
import { ExceptionForm } from './exception-form.tsx';
import { ItemFacts } from './item-facts.tsx';
import { ItemLines } from './item-lines.tsx';
import { isUndecided } from './item-order.ts';
import { prefillOf } from './review-lines.ts';
import type { Deciding } from './use-decide.ts';
import { useItemLines } from './use-item-lines.ts';
import { useLookTime } from './use-look-time.ts';

interface ItemDetailsProps {
  review: LogReview;
  item: ReviewItem;
  deciding: Deciding;
  isCounted: boolean;
  isExceptionOpen: boolean;
  onException: (open: boolean) => void;
  /** After a result was given. */
  onDecided: () => void;
}

/** An item in place: its lines, what is usual, and the result that a person gives. */
export function ItemDetails({ review, item, deciding, isCounted, ...props }: ItemDetailsProps) {
  const t = useTranslations('logReviews');
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const read = useItemLines(item);
  useLookTime(review.day, item.id, isCounted);
  const lines = [...read.flaggedLines, ...read.otherLines];
  const pinnable = lines.filter(({ eventId }) => eventId !== null).map(({ key }) => key);
  const flagged = read.flaggedLines.filter(({ eventId }) => eventId !== null).map(({ key }) => key);
  // Until somebody chooses, an exception is about all that is flagged.
  const pinned = chosen ?? new Set(flagged);
  const mayPin = isUndecided(item);
  const turn = (keys: readonly string[]) => {
    const isOn = keys.every((key) => pinned.has(key));
    setChosen(new Set(isOn ? [...pinned].filter((key) => !keys.includes(key)) : [...pinned, ...keys]));
  };
  useCommands(
    mayPin && pinnable.length > 0
      ? {
          'item.pin': () => {
            const focused = document.activeElement?.closest<HTMLElement>('[data-line]')?.dataset['line'];
            turn(focused === undefined ? flagged : [focused]);
          },
        }
      : {},
  );
  useCommands(read.otherCount > 0 ? { 'item.lines': () => read.showOthers(!read.areOthersShown) } : {});
  const selected = lines.filter(({ key }) => pinned.has(key));
  return (
    <div className="grid gap-4">
      <ItemLines
        item={item}
        lines={read}
        pinned={pinned}
        pinnedCount={selected.length}
        onPin={mayPin ? (key) => turn([key]) : null}
      />
      <ItemFacts item={item} />
      {item.comment !== null && (
        <p className="max-w-[72ch] border-l-2 border-edge pl-3 whitespace-pre-wrap">
          <span className="block text-meta text-muted">{t('comment')}</span>
          {item.comment}
        </p>
      )}
      {item.finding !== null && <FindingSummary id={item.finding.id} />}
      {mayPin && props.isExceptionOpen ? (
        !read.flagged.isLoading && (
          <ExceptionForm
            review={review}
            item={item}
            prefill={prefillOf(selected, read.rows)}
            lines={selected.length}
            onCancel={() => props.onException(false)}
            error={deciding.failure?.item === item.id ? deciding.failure.error : null}
            onSave={async (finding) => {
              const eventIds = selected.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));
              const done = await deciding.decide(item, { result: 'exception', eventIds, finding });
              if (done) {
                props.onException(false);
                props.onDecided();
              }
              return done;
            }}
          />
        )
      ) : (
        <DecisionForm
          day={review.day}
          item={item}
          deciding={deciding}
          onException={() => props.onException(true)}
          onDecided={props.onDecided}
        />
      )}
    </div>
  );
}
