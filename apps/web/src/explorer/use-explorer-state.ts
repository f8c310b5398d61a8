'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { noteUrlWrite } from '../navigation/url-writes.ts';
import { explorerParsers, type ExplorerState } from '../query/url-state.ts';

export interface ExplorerUrl {
  state: ExplorerState;
  /** An action: Back undoes it. */
  go: (change: Partial<ExplorerState>) => void;
  /** A move within what is shown (the next event, another tab): Back leaves it as a whole. */
  adjust: (change: Partial<ExplorerState>) => void;
}

export function useExplorerState(): ExplorerUrl {
  const [state, set] = useQueryStates(explorerParsers);
  return useMemo(
    () => ({
      state,
      go: (change) => noteUrlWrite(set({ v: 1, ...change }, { history: 'push' })),
      adjust: (change) => noteUrlWrite(set({ v: 1, ...change }, { history: 'replace' })),
    }),
    [state, set],
  );
}
