'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readReportRuns } from '../api-client/report-runs.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { isUnderWay } from './run-state.tsx';
import { RunsFilters } from './runs-filters.tsx';
import { RunsTable } from './runs-table.tsx';
import { useRunsState } from './use-runs-state.ts';
import { isDay } from '../time/days.ts';

const askMilliseconds = 3_000;

/** The history of what was made: of all reports, or of one. */
export function RunsView({ report }: { report: string | null }) {
  const t = useTranslations('runs');
  const [state, set] = useRunsState();
  const day = state.day !== null && isDay(state.day) ? state.day : null;
  const filter = { ...state, day, report: report ?? state.report };
  const runs = useInfiniteQuery({
    queryKey: ['report-runs', filter],
    queryFn: ({ pageParam, signal }) => readReportRuns(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    // What is being made moves on by itself; what is done does not.
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(isUnderWay)) ? askMilliseconds : false,
  });
  const isFiltered = Object.values({ ...state, report: report === null ? state.report : null }).some(
    (of) => of !== null,
  );
  return (
    <div className="grid gap-4">
      <RunsFilters filter={filter} hasReport={report === null} onChange={(change) => void set(change)} />
      <Answer of={runs} what="reportRuns">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState
                title={t(isFiltered ? 'noneFoundTitle' : 'emptyTitle')}
                text={t(isFiltered ? 'noneFoundText' : 'emptyText')}
              />
            );
          }
          return <RunsTable runs={items} hasReport={report === null} />;
        }}
      </Answer>
      {runs.hasNextPage && (
        <p className="print:hidden">
          <Button className="control" isDisabled={runs.isFetchingNextPage} onPress={() => void runs.fetchNextPage()}>
            {t('more')}
          </Button>
        </p>
      )}
    </div>
  );
}
