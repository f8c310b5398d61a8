'use client';

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { panelTabs } from '../query/url-state.ts';

export const shownRows = ['flagged', 'all'] as const;

/** What of a run is shown, in the address: all rows, flagged ones or those of one flag; and which row is open, by its place. */
export function useRunView() {
  return useQueryStates(
    {
      /** Left out: the flagged rows, or all when none is. */
      show: parseAsStringLiteral(shownRows),
      flag: parseAsString,
      row: parseAsInteger,
      tab: parseAsStringLiteral(panelTabs).withDefault('summary'),
    },
    { history: 'push' },
  );
}
