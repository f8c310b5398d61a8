'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from 'react-aria-components';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import { TableSkeleton } from '../states/table-skeleton.tsx';
import { FlaggedLines } from './flagged-lines.tsx';
import type { ItemLines as Lines } from './use-item-lines.ts';

interface ItemLinesProps {
  item: ReviewItem;
  lines: Lines;
  pinned: ReadonlySet<string>;
  /** How many of what is shown go into an exception. */
  pinnedCount: number;
  /** Null where nothing can be pinned any more. */
  onPin: ((key: string) => void) | null;
}

/** What a person judges an item by: its flagged lines, and on demand what else its report lists. */
export function ItemLines({ item, lines, pinned, pinnedCount, onPin }: ItemLinesProps) {
  const t = useTranslations('logReviews');
  const { flagged, flaggedLines, otherLines, others, isDone } = lines;
  const isAnyPinnable = onPin !== null && [...flaggedLines, ...otherLines].some(({ eventId }) => eventId !== null);
  return (
    <section className="grid gap-2">
      <h4 className="text-meta text-muted">
        {t('details.lines')}
        {isAnyPinnable && <span className="ml-3">{t('details.pinned', { count: pinnedCount })}</span>}
      </h4>
      {flagged.isError && <p className="text-meta text-attention">{t('details.linesFailed')}</p>}
      {flagged.isLoading ? (
        <TableSkeleton />
      ) : flaggedLines.length === 0 ? (
        <p className="text-muted">{t(isDone ? 'details.noLines' : `runStates.${item.run.state}`)}</p>
      ) : (
        <FlaggedLines label={t('details.lines')} lines={flaggedLines} pinned={pinned} onPin={onPin} />
      )}
      {lines.areOthersShown && (
        <>
          <h4 className="text-meta text-muted">{t('details.otherLines')}</h4>
          {others.isError && <p className="text-meta text-attention">{t('details.othersFailed')}</p>}
          {others.isLoading ? (
            <TableSkeleton />
          ) : (
            otherLines.length > 0 && (
              <FlaggedLines label={t('details.otherLines')} lines={otherLines} pinned={pinned} onPin={onPin} />
            )
          )}
        </>
      )}
      <p className="flex flex-wrap items-baseline gap-x-4 text-meta text-muted">
        {lines.flaggedCount > flaggedLines.length && !flagged.isLoading && (
          <span>{t('details.moreLines', { count: lines.flaggedCount - flaggedLines.length })}</span>
        )}
        {lines.otherCount > 0 && (
          <Button
            className="control control-quiet control-small print:hidden"
            aria-expanded={lines.areOthersShown}
            onPress={() => lines.showOthers(!lines.areOthersShown)}
          >
            {t(lines.areOthersShown ? 'details.hideOthers' : 'details.showOthers', { count: lines.otherCount })}
          </Button>
        )}
        {lines.areOthersShown && others.hasNextPage && (
          <Button
            className="control control-quiet control-small print:hidden"
            onPress={() => void others.fetchNextPage()}
          >
            {t('details.nextOthers', { count: lines.otherCount - otherLines.length })}
          </Button>
        )}
        {isDone && (
          <Link href={`/reports/runs/${item.run.id}`} className="text-accent underline underline-offset-2">
            {t('details.openReport')}
          </Link>
        )}
      </p>
    </section>
  );
}
