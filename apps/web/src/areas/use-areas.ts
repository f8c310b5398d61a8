'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { readAreas, type AreasAnswer } from '../api-client/areas.ts';

/** The areas that the reader may know of, and what of the PCI scope is in none. */
export function useAreas(): UseQueryResult<AreasAnswer> {
  return useQuery({ queryKey: ['areas'], queryFn: ({ signal }) => readAreas(signal), staleTime: 30_000 });
}
