'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ArrivalAnswer } from '../api-client/keys.ts';
import { searchEvents } from '../api-client/search.ts';
import { quoteValue } from '../explorer/query-language.ts';
import { explorerAddress } from '../explorer/url-state.ts';
import { Moment } from '../time/moment.tsx';

interface ArrivalProps {
  /** The id of the source or key. */
  of: string;
  read: (id: string, signal: AbortSignal) => Promise<ArrivalAnswer>;
}

const askMilliseconds = 2000;

/** Waits for the first line of a sender, and then shows it. */
export function Arrival({ of, read }: ArrivalProps) {
  const t = useTranslations('sourceSettings.arrival');
  const arrival = useQuery({
    queryKey: ['arrival', of],
    queryFn: ({ signal }) => read(of, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'receiving' ? false : askMilliseconds),
  });
  const stream = arrival.data?.streams[0];
  const query = stream && `log.group:${quoteValue(stream.logGroup)} log.stream:${quoteValue(stream.logStream)}`;
  const first = useQuery({
    queryKey: ['arrival', of, 'line', query],
    queryFn: async ({ signal }) => {
      const to = new Date(Date.now() + 60_000).toISOString();
      const from = new Date(Date.now() - 30 * 86_400_000).toISOString();
      const scope = { query: query ?? '', from, to, timeZone: 'UTC' };
      const page = await searchEvents({ ...scope, sort: 'newest', cursor: null, limit: 1 }, signal);
      return page.items[0] ?? null;
    },
    enabled: query !== undefined,
    // The line is searchable a moment after it is received.
    refetchInterval: ({ state }) => (state.data ? false : askMilliseconds),
  });
  if (arrival.data?.state !== 'receiving') {
    return (
      <p role="status" className="flex items-center gap-2 border-l-2 border-edge pl-3 text-muted">
        {arrival.isError ? t('failed') : t('waiting')}
      </p>
    );
  }
  return (
    <div role="status" className="grid gap-1 border-l-2 border-good pl-3">
      <p>
        <span className="font-medium text-good">{t('receiving')}</span>{' '}
        <Moment at={arrival.data.firstSeenAt} precision="second" />
      </p>
      {first.data && <p className="overflow-auto font-mono text-record whitespace-pre">{first.data.record}</p>}
      {query !== undefined && (
        <Link href={explorerAddress({ q: query })} className="text-accent underline underline-offset-2">
          {t('open')}
        </Link>
      )}
    </div>
  );
}
