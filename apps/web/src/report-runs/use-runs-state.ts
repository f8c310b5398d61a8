'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

export const runKinds = ['duty', 'by-hand', 'addendum'] as const;

/** Which runs the history lists; it stands in the address. */
export function useRunsState() {
  return useQueryStates(
    {
      day: parseAsString,
      report: parseAsString,
      area: parseAsString,
      kind: parseAsStringLiteral(runKinds),
    },
    { history: 'push' },
  );
}
