'use client';

import { useQuery } from '@tanstack/react-query';
import { readOperatorAccesses } from '../api-client/platform.ts';

const askMilliseconds = 60_000;

/** The organisations that let the signed-in operator look, asked for again each minute: they may end it at any time. */
export function useOperatorAccesses() {
  return useQuery({
    queryKey: ['platform', 'support-access'],
    queryFn: ({ signal }) => readOperatorAccesses(signal),
    refetchInterval: askMilliseconds,
  });
}
