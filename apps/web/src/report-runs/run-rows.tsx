'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { readReportRows, type ReportRun } from '../api-client/report-runs.ts';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { Answer } from '../states/answer.tsx';
import { useZone } from '../time/use-zone.tsx';
import { PrintedRows } from './printed-rows.tsx';
import { RowPanel } from './row-panel.tsx';
import { rowHeight } from './row-line.tsx';
import { RowsChoice } from './rows-choice.tsx';
import { RowsGrid } from './rows-grid.tsx';
import { countOfShown, rowsFilterOf, shownRowsOf } from './shown-rows.ts';
import { useRunView } from './use-run-view.ts';

/** More is asked for well before it is reached. */
const ahead = 200;

/** The rows of a run: the flagged ones first, each opening beside them. */
export function RunRows({ run }: { run: ReportRun }) {
  const t = useTranslations('runs.rows');
  const { zone } = useZone();
  const [view, set] = useRunView();
  const shown = shownRowsOf(run, view);
  const filter = rowsFilterOf(shown);
  const total = countOfShown(run, shown);
  const query = useInfiniteQuery({
    queryKey: ['report-rows', run.id, filter],
    queryFn: ({ pageParam, signal }) => readReportRows({ id: run.id, filter }, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    enabled: total > 0,
    // What is frozen does not change.
    staleTime: Infinity,
    retry: false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  const [lastShown, setLastShown] = useState(0);
  const isWanted = Math.max(lastShown, view.row ?? 0) >= rows.length - ahead;
  const mayAsk = hasNextPage && !isFetchingNextPage && !isError;
  useEffect(() => {
    if (isWanted && mayAsk) void fetchNextPage();
  }, [isWanted, mayAsk, rows.length, fetchNextPage]);
  const close = () => void set({ row: null });
  useCommands(view.row === null ? {} : { 'panel.close': close });
  const opened = view.row === null ? undefined : rows[view.row];
  const tall = `min(72dvh, ${(total + 1) * rowHeight + 2}px)`;
  return (
    <section aria-label={t('title')} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <RowsChoice run={run} shown={shown} onChange={(next) => void set({ ...next, row: null })} />
      {total === 0 ? (
        <p className="text-muted">{t(run.rows === 0 ? 'none' : 'noneOfThese')}</p>
      ) : (
        <Answer of={query} what="reportRows">
          {() => (
            <>
              <div
                className="flex border-y border-line print:hidden"
                style={{ height: opened === undefined ? tall : '72dvh' }}
              >
                <div className={`flex min-w-0 flex-1 ${opened === undefined ? '' : 'max-md:hidden'}`}>
                  <RowsGrid
                    key={`${shown.show} ${shown.flag}`}
                    rows={rows}
                    total={total}
                    columns={run.definition.columns}
                    hasFlags={run.flagged > 0}
                    zone={zone}
                    active={view.row}
                    open={opened !== undefined}
                    onShown={setLastShown}
                    onActive={(row) => void set({ row }, { history: 'replace' })}
                    onOpen={(row) => void set({ row })}
                  />
                </div>
                {opened !== undefined && (
                  <RowPanel
                    key={view.row}
                    row={opened}
                    columns={run.definition.columns}
                    tab={view.tab}
                    zone={zone}
                    onTab={(tab) => void set({ tab }, { history: 'replace' })}
                    onClose={close}
                  />
                )}
              </div>
              <PrintedRows rows={rows} total={total} columns={run.definition.columns} zone={zone} />
            </>
          )}
        </Answer>
      )}
      {total > 0 && (
        <p role="status" className="text-meta text-muted print:hidden">
          {t('read', { read: rows.length, total })}
        </p>
      )}
    </section>
  );
}
