'use client';

import { useQuery } from '@tanstack/react-query';
import { readLogReview } from '../api-client/log-reviews.ts';

/** Items whose run is unfinished come to life by themselves; somebody else's results appear as well. */
const unfinishedMilliseconds = 3_000;
const askMilliseconds = 30_000;

export const logReviewKey = (day: string) => ['log-reviews', 'day', day];

export function useLogReview(day: string, isEnabled = true) {
  return useQuery({
    enabled: isEnabled,
    queryKey: logReviewKey(day),
    queryFn: ({ signal }) => readLogReview(day, signal),
    refetchInterval: ({ state }) => {
      const runs = state.data?.items.map(({ run }) => run.state) ?? [];
      const isUnfinished = runs.some((run) => run === 'waiting' || run === 'running');
      return isUnfinished ? unfinishedMilliseconds : askMilliseconds;
    },
  });
}
