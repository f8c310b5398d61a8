'use client';

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { countOverTime, countValues, searchEvents, type SearchScope } from '../api-client/search.ts';
import type { EffectiveRange } from '../time-range/time-range.ts';

export const facetFields = [
  'host.name',
  'user.name',
  'event.action',
  'event.outcome',
  'source.ip',
  'process.name',
  'log.group',
];

export interface SearchInput {
  query: string;
  range: EffectiveRange | null;
  /** False while the query cannot be read: then nothing is asked. */
  readable: boolean;
  sort: 'newest' | 'oldest';
  run: number;
  /** The organisation's zone: dates in the query that name none are its days, whatever zone clocks are shown in. */
  days: string;
  chartShown: boolean;
}

export function useSearch(input: SearchInput) {
  const client = useQueryClient();
  const scope: SearchScope | null = input.range && {
    query: input.query,
    from: new Date(input.range.from).toISOString(),
    to: new Date(input.range.to).toISOString(),
    timeZone: input.days,
  };
  const enabled = scope !== null && input.readable;
  const rows = useInfiniteQuery({
    queryKey: ['search', scope, input.sort, input.run],
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      searchEvents({ ...(scope ?? missingScope()), sort: input.sort, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  // Rows come first: the chart and the facets are asked once the first page is here.
  const afterRows = enabled && rows.isFetched && !rows.isPlaceholderData && !rows.isError;
  const chart = useQuery({
    queryKey: ['histogram', scope, input.run],
    enabled: afterRows && input.chartShown,
    queryFn: ({ signal }) => countOverTime(scope ?? missingScope(), signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const facets = useQuery({
    queryKey: ['facets', scope, input.run],
    enabled: afterRows,
    queryFn: ({ signal }) => countValues({ ...(scope ?? missingScope()), fields: facetFields }, signal),
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
