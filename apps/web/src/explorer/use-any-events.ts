'use client';

import { useQuery } from '@tanstack/react-query';
import { searchEvents } from '../api-client/search.ts';
import type { Search } from './use-search.ts';

/** Whether this organisation has any event at all: nothing found is told apart from nothing there yet. */
export function useAnyEvents(search: Search): 'some' | 'none' | 'unknown' {
  const answer = useQuery({
    queryKey: ['any-events', search.scope?.to],
    enabled: search.scope !== null,
    queryFn: ({ signal }) =>
      searchEvents(
        {
          query: '',
          from: '1970-01-01T00:00:00.000Z',
          to: '2199-12-31T00:00:00.000Z',
          timeZone: 'UTC',
          sort: 'newest',
          cursor: null,
          limit: 1,
        },
        signal,
      ),
  });
  if (answer.isError) return 'some';
  if (!answer.data) return 'unknown';
  return answer.data.total.value > 0 ? 'some' : 'none';
}
