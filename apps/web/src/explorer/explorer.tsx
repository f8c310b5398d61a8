'use client';

import { addFilter, onlyValue, toggleValue } from '@akashi/query';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { countValues } from '../api-client/search.ts';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { TimeRangeControl } from '../time-range/time-range-control.tsx';
import { useZone } from '../time/use-zone.tsx';
import { guardCardNumbers } from '../query/card-guard.ts';
import { ChartSection } from './chart-section.tsx';
import { ColumnPicker } from './column-picker.tsx';
import { EventBeside, useEventPanelSoon } from './event-beside.tsx';
import { Facets, type FacetChoice } from './facets.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FollowSwitch } from './follow-switch.tsx';
import { OwnLogsSwitch } from './own-logs-switch.tsx';
import { findMistake } from '../query/query-language.ts';
import { QueryLine } from './query-line.tsx';
import { ReportFromSearch } from './report-from-search.tsx';
import { RestoredSwitch } from '../restores/restored-switch.tsx';
import { ResultLine } from './result-line.tsx';
import { Results } from './results.tsx';
import { useExplorerState } from './use-explorer-state.ts';
import { useRememberedColumns } from './use-remembered-columns.ts';
import { useFollow } from './use-follow.ts';
import { useRun } from './use-run.ts';
import { scopeOf, useSearch, type SearchInput } from './use-search.ts';
import { TableSkeleton } from '../states/table-skeleton.tsx';

const OfflineBanner = lazy(() => import('../restores/offline-banner.tsx'));
const ArchiveResults = lazy(() => import('./archive-results.tsx'));

const completionValues = 12;

export function Explorer() {
  const t = useTranslations('explorer');
  const url = useExplorerState();
  const { state, go, adjust } = url;
  const setColumns = useRememberedColumns(url);
  const { zone, zones } = useZone();
  const client = useQueryClient();
  const run = useRun(state, zones.tenant);
  const guarded = guardCardNumbers(state.q) !== null;
  // An address that was passed on with a card number in it: neither asked for nor left standing.
  useEffect(() => {
    if (guarded) adjust({ q: '' });
  }, [guarded, adjust]);
  const mistake = findMistake(state.q);
  const readable = mistake === null && !guarded;
  const input: SearchInput = {
    query: state.q,
    run: run.current,
    readable: readable && !state.archive,
    sort: state.sort,
    days: zones.tenant,
    includeOwnLogs: state.own,
    includeRestored: state.restored,
    chartShown: state.chart !== 'hidden',
  };
  const search = useSearch(input);
  useEventPanelSoon(search.events.length > 0);
  const [scrolled, setScrolled] = useState(false);
  const follow = useFollow({
    possible: state.t.kind !== 'absolute' && !state.archive,
    reading: scrolled || state.event !== null,
    run,
    search,
    input,
  });
  const range = run.current?.range ?? null;
  const offline = search.first?.offline ?? null;

  const open = (id: string) => (state.event === null ? go({ event: id }) : adjust({ event: id }));
  const runQuery = (query: string) => (query === state.q ? run.again() : go({ q: query, event: null }));
  const filter = (field: string, value: string, negate: boolean) => {
    // A value that is filtered for replaces other values of its field: together they would find nothing.
    const query =
      (negate ? undefined : onlyValue(state.q, { field, value })) ?? addFilter(state.q, { field, value, negate });
    if (query !== undefined) go({ q: query });
  };
  const choose = ({ field, value, how }: FacetChoice) => {
    const query =
      how === 'only'
        ? onlyValue(state.q, { field, value })
        : toggleValue(state.q, { field, value, negate: how === 'exclude' });
    if (query !== undefined) go({ q: query });
  };
  const { scope } = search;
  const values = useCallback(
    async (field: string, prefix: string) => {
      if (!scope) return [];
      // Values of the whole range: what is typed so far would narrow the list to itself.
      const input = { ...scope, query: '', fields: [field], prefix, size: completionValues };
      const facets = await client
        .fetchQuery({
          queryKey: ['values', input],
          queryFn: ({ signal }) => countValues(input, signal),
          staleTime: 60_000,
          retry: false,
        })
        .catch(() => []);
      return (facets[0]?.values ?? []).map(({ value, count }) => ({ value: String(value), count }));
    },
    [client, scope],
  );
  useCommands({
    'search.refresh': run.again,
    'chart.toggle': () => go({ chart: state.chart === 'hidden' ? 'bars' : 'hidden' }),
    'link.copy': () => void navigator.clipboard.writeText(window.location.href),
    ...(follow.possible ? { 'follow.toggle': follow.toggle } : {}),
    ...(state.event === null ? {} : { 'panel.close': () => go({ event: null }) }),
  });

  return (
    <div className="flex h-full min-h-0 flex-col max-sm:h-auto">
      <h1 className="visually-hidden">{t('title')}</h1>
      <a href="#results" className="skip-link">
        {t('skipToResults')}
      </a>
      <div className="flex flex-wrap items-start gap-2 px-4 pt-3 pb-2 max-lg:[&>*]:w-full">
        <QueryLine query={state.q} running={search.loading} onRun={runQuery} onCancel={search.cancel} values={values} />
        <TimeRangeControl range={state.t} effective={range} zone={zone} onRange={(next) => go({ t: next })} />
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 px-4 pb-1">
        <FilterChips query={state.q} onQuery={(query) => go({ q: query })} />
        <span className="flex-1" />
        {!state.archive && <ResultLine search={search} />}
        <OwnLogsSwitch on={state.own} onChange={(own) => go({ own, event: null })} />
        {(offline !== null || state.restored) && !state.archive && (
          <RestoredSwitch on={state.restored} onChange={(restored) => go({ restored, event: null })} />
        )}
        {mistake === null && !guarded && <ReportFromSearch query={state.q} />}
        <ColumnPicker columns={state.cols} events={search.events} onColumns={setColumns} />
        <FollowSwitch follow={follow} />
      </div>
      {range && offline !== null && !state.archive && (
        <Suspense>
          <OfflineBanner
            offline={offline}
            searched={range}
            onArchive={(part) => go({ archive: true, event: null, t: { kind: 'absolute', ...part } })}
          />
        </Suspense>
      )}
      {range && !state.archive && (search.events.length > 0 || search.loading) && (
        <ChartSection
          search={search}
          view={state.chart}
          searched={range}
          zone={zone}
          onView={(view) => adjust({ chart: view })}
          onZoom={(zoomed) => go({ t: { kind: 'absolute', ...zoomed } })}
        />
      )}
      <div className="flex min-h-0 flex-1 border-t border-line max-sm:h-[80dvh] max-sm:flex-none">
        {scope && !state.archive && search.events.length > 0 && (
          <aside
            aria-label={t('facets')}
            className={`w-56 shrink-0 overflow-auto border-r border-line pr-2 pl-4 max-lg:hidden ${state.event === null ? '' : 'max-xl:hidden'}`}
          >
            {search.facets.isError ? (
              <p className="py-2 text-meta text-bad">{t('facetsFailed')}</p>
            ) : (
              <Facets
                facets={search.facets.data ?? []}
                query={state.q}
                scope={scope}
                act={search.act}
                dimmed={search.loading || search.facets.isPlaceholderData}
                onChoose={choose}
              />
            )}
          </aside>
        )}
        {state.archive && readable ? (
          <Suspense fallback={<TableSkeleton />}>
            <ArchiveResults
              scope={scopeOf(input)}
              run={run.current?.count ?? 0}
              state={state}
              zone={zone}
              onActive={(id) => adjust({ event: id })}
              onOpen={open}
              onAgain={run.again}
              onLeave={() => go({ archive: false, event: null })}
            />
          </Suspense>
        ) : (
          <Results
            search={search}
            follow={follow}
            state={state}
            zone={zone}
            mistake={mistake}
            hidden={state.event !== null}
            onActive={(id) => state.event !== null && adjust({ event: id })}
            onOpen={open}
            onQuery={runQuery}
            onScrolled={setScrolled}
            onRange={(next) => go({ t: next })}
            onRetry={run.again}
          />
        )}
        {state.event !== null && (
          <EventBeside
            id={state.event}
            known={search.events.find((event) => event.id === state.event)}
            tab={state.tab}
            restored={state.restored}
            zone={zone}
            onTab={(tab) => adjust({ tab })}
            onClose={() => go({ event: null })}
            onFilter={filter}
            onOpen={(id) => adjust({ event: id })}
          />
        )}
      </div>
    </div>
  );
}
