'use client';

import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { countOverTime, countValues, searchEvents, type SearchScope } from '../api-client/search.ts';
import type { Running } from './use-run.ts';

export const facetFields = [
  'host.name',
  'user.name',
  'event.action',
  'event.outcome',
  'pci.class',
  'source.ip',
  'process.name',
  'log.group',
];

export interface SearchInput {
  query: string;
  run: Running | null;
  /** False while the query cannot be read: then nothing is asked. */
  readable: boolean;
  sort: 'newest' | 'oldest';
  /** The organisation's zone: dates in the query that name none are its days, whatever zone clocks are shown in. */
  days: string;
  includeOwnLogs: boolean;
  includeRestored: boolean;
  chartShown: boolean;
}

export function scopeOf({ query, run, days, includeOwnLogs, includeRestored }: SearchInput): SearchScope | null {
  return (
    run && {
      query,
      from: new Date(run.range.from).toISOString(),
      to: new Date(run.range.to).toISOString(),
      timeZone: days,
      ...(includeOwnLogs ? { includeOwnLogs } : {}),
      ...(includeRestored ? { includeRestored } : {}),
    }
  );
}

/**
 * The rows of one run, page by page. Every further page is a part of the act that the first one put on record; a run that
 * follows another one is within the act of that one.
 */
export function rowsOf(input: SearchInput, followed?: string) {
  const scope = scopeOf(input);
  return infiniteQueryOptions({
    queryKey: ['search', scope, input.sort, input.run?.count ?? 0],
    initialPageParam: null as { cursor: string; act: string | undefined } | null,
    queryFn: ({ pageParam, signal }) => {
      const { cursor = null, act = followed } = pageParam ?? {};
      const follow = cursor === null && followed !== undefined ? { follow: true as const } : {};
      return searchEvents({ ...(scope ?? missingScope()), sort: input.sort, cursor, act, ...follow }, signal);
    },
    getNextPageParam: (page) => (page.next === undefined ? null : { cursor: page.next, act: page.act }),
    staleTime: Infinity,
  });
}

export function useSearch(input: SearchInput) {
  const client = useQueryClient();
  const scope = scopeOf(input);
  const run = input.run?.count ?? 0;
  const enabled = scope !== null && input.readable;
  const rows = useInfiniteQuery({ ...rowsOf(input), enabled, placeholderData: keepPreviousData });
  // Rows come first: the chart and the facets are asked once the first page is here, as parts of its act.
  const afterRows = enabled && rows.isFetched && !rows.isPlaceholderData && !rows.isError;
  const act = rows.isPlaceholderData ? undefined : rows.data?.pages[0]?.act;
  const chart = useQuery({
    queryKey: ['histogram', scope, run],
    enabled: afterRows && input.chartShown,
    queryFn: ({ signal }) => countOverTime({ ...(scope ?? missingScope()), act }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const facets = useQuery({
    queryKey: ['facets', scope, run],
    enabled: afterRows,
    queryFn: ({ signal }) => countValues({ ...(scope ?? missingScope()), fields: facetFields, act }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const awaited = enabled && (rows.isPending || rows.isPlaceholderData) && !rows.isError;
  // What failed to refresh keeps its last picture; another question's rows go with its answer.
  const [last, setLast] = useState(rows.data);
  if (rows.data !== undefined && rows.data !== last) setLast(rows.data);
  const isStale = rows.isError && rows.data === undefined;
  const shown = rows.data ?? (isStale ? last : undefined);
  const events = useMemo(() => shown?.pages.flatMap((page) => page.items) ?? [], [shown]);
  return {
    scope,
    act,
    rows,
    chart,
    facets,
    events,
    first: shown?.pages[0],
    /** What failed, when the rows in sight are those from before it; else null. */
    failure: isStale ? rows.error : null,
    /** True until the answer to this very question is here. */
    loading: awaited && rows.isFetching,
    /** True when a person stopped this very question before its answer came. */
    cancelled: awaited && !rows.isFetching,
    cancel: () => void client.cancelQueries({ queryKey: ['search'] }),
  };
}

export type Search = ReturnType<typeof useSearch>;

function missingScope(): never {
  throw new Error('a search without a range is never enabled');
}
