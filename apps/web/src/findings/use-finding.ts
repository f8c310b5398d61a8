'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { readFinding, type Finding } from '../api-client/findings.ts';

export function useFinding(id: string): UseQueryResult<Finding> {
  return useQuery({ queryKey: ['findings', 'one', id], queryFn: ({ signal }) => readFinding(id, signal) });
}
