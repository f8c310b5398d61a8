'use client';

import { useQuery } from '@tanstack/react-query';
import { readAreas, type Area } from '../api-client/areas.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

/** The areas that a channel may be of; none for those who may not know of areas, such as the platform's people. */
export function useChannelAreas(): readonly Area[] {
  const mayRead = mayDo(useSession(), 'reports.read');
  const areas = useQuery({
    queryKey: ['areas'],
    queryFn: ({ signal }) => readAreas(signal),
    staleTime: 30_000,
    enabled: mayRead,
  });
  return areas.data?.items ?? [];
}
