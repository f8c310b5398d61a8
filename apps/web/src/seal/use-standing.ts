'use client';

import { useQuery } from '@tanstack/react-query';
import { readStanding, type LogStanding } from '../api-client/integrity.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { useSupportSession } from '../session/use-support-session.ts';

const askMilliseconds = 60_000;

/** What the last verification says of the log, for every page; undefined until it is known. */
export function useStanding(): LogStanding | undefined {
  const mayRead = mayDo(useSession(), 'logs.search');
  const support = useSupportSession();
  return useQuery({
    queryKey: ['standing', support?.id ?? null],
    queryFn: ({ signal }) => readStanding(signal),
    enabled: mayRead,
    staleTime: askMilliseconds,
    // Each call under a support access is on record with both sides: it is asked for once there.
    refetchInterval: support === null ? askMilliseconds : false,
    retry: false,
  }).data;
}
