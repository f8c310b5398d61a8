'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import { readReportRows } from '../api-client/report-runs.ts';
import { linesOf, linesOfRows } from './review-lines.ts';

/** Flagged lines that an item shows in place; the others are in its report. */
const mostLines = 100;
const othersAtOnce = 50;

/** The lines of an item: the flagged ones, and once somebody asks for them the others of its report. */
export function useItemLines(item: ReviewItem) {
  const [areOthersShown, showOthers] = useState(false);
  const { id, state } = item.run;
  const isDone = state === 'done';
  const flaggedCount = item.summary?.flagged ?? item.flagged.length;
  const otherCount = Math.max(0, (item.summary?.rows ?? 0) - flaggedCount);
  const shared = { staleTime: Infinity, retry: false } as const;
  const flagged = useQuery({
    queryKey: ['report-rows', 'flagged', id],
    queryFn: async ({ signal }) =>
      (await readReportRows({ id, filter: { flagged: true, flag: null }, limit: mostLines }, null, signal)).items,
    enabled: isDone && flaggedCount > 0,
    ...shared,
  });
  const others = useInfiniteQuery({
    queryKey: ['report-rows', 'others', id],
    queryFn: ({ pageParam, signal }) =>
      readReportRows({ id, filter: { flagged: false, flag: null }, limit: othersAtOnce }, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    enabled: isDone && areOthersShown && otherCount > 0,
    ...shared,
  });
  const otherRows = (others.data?.pages ?? []).flatMap(({ items }) => items);
  return {
    isDone,
    flagged,
    flaggedCount,
    others,
    otherCount: isDone ? otherCount : 0,
    areOthersShown,
    showOthers,
    rows: [...(flagged.data ?? []), ...otherRows],
    flaggedLines: linesOf(item, flagged.data),
    otherLines: linesOfRows(otherRows, 'other'),
  };
}

export type ItemLines = ReturnType<typeof useItemLines>;
