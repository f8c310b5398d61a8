'use client';

import { useQuery } from '@tanstack/react-query';
import { searchEvents } from '../api-client/search.ts';
import { quoteValue } from '../query/query-language.ts';
import { nowMilliseconds } from '../time/clock.ts';

const askMilliseconds = 2000;
const withinDays = 30;

interface Stream {
  logGroup: string;
  logStream?: string;
}

/** The query that finds a stream's lines, or those of a whole log group. */
export function streamQuery({ logGroup, logStream }: Stream): string {
  const group = `log.group:${quoteValue(logGroup)}`;
  return logStream === undefined ? group : `${group} log.stream:${quoteValue(logStream)}`;
}

/** Looks for a line until it can be searched, which is a moment after it was received. Null asks nothing. */
export function useFirstLine(stream: Stream | null) {
  const query = stream === null ? null : streamQuery(stream);
  return useQuery({
    queryKey: ['first-line', query],
    queryFn: async ({ signal }) => {
      const to = new Date(nowMilliseconds() + 60_000).toISOString();
      const from = new Date(nowMilliseconds() - withinDays * 86_400_000).toISOString();
      const scope = { query: query ?? '', from, to, timeZone: 'UTC' };
      const page = await searchEvents({ ...scope, sort: 'newest', cursor: null, limit: 1 }, signal);
      return page.items[0] ?? null;
    },
    enabled: query !== null,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data ? false : askMilliseconds),
  });
}
