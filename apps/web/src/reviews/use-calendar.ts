'use client';

import { useQuery } from '@tanstack/react-query';
import { readCalendar, type Days } from '../api-client/log-reviews.ts';

const askMilliseconds = 60_000;

export function useCalendar(days: Days, isEnabled = true) {
  return useQuery({
    queryKey: ['log-reviews', 'calendar', days],
    queryFn: ({ signal }) => readCalendar(days, signal),
    refetchInterval: askMilliseconds,
    enabled: isEnabled,
  });
}
