'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { restoreParsers, type RestoreWanted } from './restore-address.ts';

/** What the address offers to restore; null while nobody is asked. */
export function useRestoreWanted(): [RestoreWanted | null, (wanted: RestoreWanted | null) => Promise<unknown>] {
  const [{ restore, groups, from, to }, set] = useQueryStates(restoreParsers);
  const wanted = useMemo(
    () => (restore ? { logGroups: groups, from: momentOf(from), to: momentOf(to) } : null),
    [restore, groups, from, to],
  );
  return [
    wanted,
    (next) =>
      set(
        next === null
          ? { restore: null, groups: null, from: null, to: null }
          : { restore: true, groups: [...next.logGroups], from: next.from, to: next.to },
      ),
  ];
}

/** An address is typed and passed on by people: what is no moment is nothing. */
function momentOf(text: string | null): string | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
