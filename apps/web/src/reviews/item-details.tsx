'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import type { LogReview, ReviewItem } from '../api-client/log-reviews.ts';
import { readReportRows } from '../api-client/report-runs.ts';
import { FindingSummary } from '../findings/finding-summary.tsx';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { TableSkeleton } from '../states/table-skeleton.tsx';
import { DecisionForm } from './decision-form.tsx';
import { ExceptionForm } from './exception-form.tsx';
import { FlaggedLines } from './flagged-lines.tsx';
import { ItemFacts } from './item-facts.tsx';
import { isUndecided } from './item-order.ts';
import { linesOf, prefillOf } from './review-lines.ts';
import type { Deciding } from './use-decide.ts';
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

/** Flagged lines that an item shows in place; the others are in its report. */
const mostLines = 100;

/** An item in place: its lines, what is usual, and the result that a person gives. */
export function ItemDetails({ review, item, deciding, isCounted, ...props }: ItemDetailsProps) {
  const t = useTranslations('logReviews');
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const isDone = item.run.state === 'done';
  const flagged = item.summary?.flagged ?? item.flagged.length;
  const rows = useQuery({
    queryKey: ['report-rows', 'flagged', item.run.id],
    queryFn: async ({ signal }) => {
      const filter = { flagged: true, flag: null };
      return (await readReportRows({ id: item.run.id, filter, limit: mostLines }, null, signal)).items;
    },
    staleTime: Infinity,
    enabled: isDone && flagged > 0,
    retry: false,
  });
  useLookTime(review.day, item.id, isCounted);
  const lines = linesOf(item, rows.data);
  const pinnable = lines.filter(({ eventId }) => eventId !== null).map(({ key }) => key);
  // Until somebody chooses, an exception is about all that is flagged.
  const pinned = chosen ?? new Set(pinnable);
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
            turn(focused === undefined ? pinnable : [focused]);
          },
        }
      : {},
  );
  const selected = lines.filter(({ key }) => pinned.has(key));
  return (
    <div className="grid gap-4">
      <section className="grid gap-2">
        <h4 className="text-meta text-muted">
          {t('details.lines')}
          {mayPin && pinnable.length > 0 && (
            <span className="ml-3">{t('details.pinned', { count: selected.length })}</span>
          )}
        </h4>
        {rows.isError && <p className="text-meta text-attention">{t('details.linesFailed')}</p>}
        {rows.isLoading ? (
          <TableSkeleton />
        ) : lines.length === 0 ? (
          <p className="text-muted">{t(isDone ? 'details.noLines' : `runStates.${item.run.state}`)}</p>
        ) : (
          <FlaggedLines lines={lines} pinned={pinned} onPin={mayPin ? (key) => turn([key]) : null} />
        )}
        <p className="flex flex-wrap gap-x-4 text-meta text-muted">
          {flagged > lines.length && !rows.isLoading && (
            <span>{t('details.moreLines', { count: flagged - lines.length })}</span>
          )}
          {isDone && (
            <Link href={`/reports/runs/${item.run.id}`} className="text-accent underline underline-offset-2">
              {t('details.openReport')}
            </Link>
          )}
        </p>
      </section>
      <ItemFacts item={item} />
      {item.comment !== null && (
        <p className="max-w-[72ch] border-l-2 border-edge pl-3 whitespace-pre-wrap">
          <span className="block text-meta text-muted">{t('comment')}</span>
          {item.comment}
        </p>
      )}
      {item.finding !== null && <FindingSummary id={item.finding.id} />}
      {mayPin && props.isExceptionOpen ? (
        !rows.isLoading && (
          <ExceptionForm
            review={review}
            item={item}
            prefill={prefillOf(selected, rows.data)}
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
