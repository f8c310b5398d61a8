'use client';

import type { OwnAccess } from '@akashi/contracts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { reachedBy } from '../access/name-lines.ts';
import { readOwnAccess } from '../api-client/access.ts';

export function useOwnAccess(): UseQueryResult<OwnAccess> {
  return useQuery({ queryKey: ['own-access'], queryFn: ({ signal }) => readOwnAccess(signal), staleTime: 0 });
}

/** Whether anything of the log group is granted to oneself. */
export function isGranted(own: OwnAccess, logGroup: string): boolean {
  const known = own.received?.find(({ name }) => name === logGroup);
  return known === undefined ? reachedBy(own.logGroups, [logGroup]).length > 0 : known.reach !== 'none';
}

/** Log groups that have arrived of which nothing is granted to oneself; for those who manage access, else empty. */
export function ungranted(own: OwnAccess): string[] {
  return (own.received ?? []).filter(({ reach }) => reach === 'none').map(({ name }) => name);
}
