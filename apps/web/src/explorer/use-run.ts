'use client';

import { useCallback, useEffect, useState } from 'react';
import { encodeTimeRange, resolveRange, type EffectiveRange } from '../time-range/time-range.ts';
import type { ExplorerState } from './url-state.ts';

export interface Run {
  /** Null until the clock has been read in the browser. */
  range: EffectiveRange | null;
  /** Increases with every run of the same question. */
  count: number;
  again: () => void;
}

/**
 * Fixes what a relative range means at the moment it runs, so that rows, chart and facets of one run are about the same
 * instants. Another question or `again` reads the clock anew. `days` is the zone of calendar words: the organisation's.
 */
export function useRun(state: ExplorerState, days: string): Run {
  const question = JSON.stringify([state.q, encodeTimeRange(state.t)]);
  const [clock, setClock] = useState<{ question: string; now: number; count: number } | null>(null);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- the clock is outside of React; it is read once for a question
    setClock((last) => ({ question, now: Date.now(), count: (last?.count ?? 0) + 1 }));
  }, [question]);
  const again = useCallback(() => {
    setClock((last) => (last ? { ...last, now: Date.now(), count: last.count + 1 } : last));
  }, []);
  const current = clock?.question === question ? clock : null;
  const range = current ? resolveRange(state.t, { now: current.now, zone: days }) : null;
  return { range, count: current?.count ?? 0, again };
}
