'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { searchArchive, type ArchiveSearchLine } from '../api-client/archive-search.ts';
import type { SearchScope } from '../api-client/search.ts';
import { isRunning, nothingFound, withLines, type ArchiveState } from './archive-state.ts';

/** Lines are shown together: a search that finds thousands must not draw thousands of times. */
const drawMilliseconds = 150;

export interface ArchiveSearch extends ArchiveState {
  running: boolean;
  cancel: () => void;
  /** Goes on where a limit was met; null when there is no further part. */
  more: (() => void) | null;
}

/** One search of the archive at a time: another scope or leaving the page ends the one before, on the server as well. */
export function useArchiveSearch(scope: SearchScope | null, run: number): ArchiveSearch {
  const key = scope === null ? null : JSON.stringify([scope, run]);
  const [state, setState] = useState<ArchiveState & { key: string | null }>({ ...nothingFound, key });
  const controller = useRef<AbortController>(undefined);
  const begin = useCallback((wanted: SearchScope, of: string) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    const pending: ArchiveSearchLine[] = [];
    const draw = () => {
      const lines = pending.splice(0);
      if (lines.length > 0 && !own.signal.aborted)
        setState((last) => (last.key === of ? { ...withLines(last, lines), key: of } : last));
    };
    const timer = setInterval(draw, drawMilliseconds);
    void (async () => {
      try {
        for await (const line of searchArchive(wanted, own.signal)) pending.push(line);
        draw();
      } catch (error) {
        draw();
        if (!own.signal.aborted) setState((last) => (last.key === of ? { ...last, error } : last));
      } finally {
        clearInterval(timer);
      }
    })();
  }, []);
  useEffect(() => {
    if (key === null) return;
    // oxlint-disable-next-line react/set-state-in-effect -- the stream is outside of React; another question begins with nothing
    setState({ ...nothingFound, key });
    const [wanted] = JSON.parse(key) as [SearchScope];
    begin(wanted, key);
    return () => controller.current?.abort();
  }, [key, begin]);
  const next = state.end?.next;
  const current = state.key === key ? state : { ...nothingFound, key };
  return {
    ...current,
    running: key !== null && isRunning(current),
    cancel: () => {
      controller.current?.abort();
      setState((last) => ({ ...last, cancelled: true }));
    },
    more:
      next === undefined || scope === null || key === null
        ? null
        : () => {
            setState((last) => ({ ...last, end: null, progress: null, error: null }));
            begin({ ...scope, to: next }, key);
          },
  };
}
