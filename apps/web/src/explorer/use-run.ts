'use client';

import { useCallback, useEffect, useState } from 'react';
import { encodeTimeRange, resolveRange, type EffectiveRange } from '../time-range/time-range.ts';
import type { ExplorerState } from '../query/url-state.ts';
import { nowMilliseconds } from '../time/clock.ts';

/** A question at a moment of the clock: what it asks stands fast from there on. */
export interface Running {
  question: string;
  range: EffectiveRange;
  /** Increases with every run of the same question. */
  count: number;
}

export interface Run {
  /** Null until the clock has been read in the browser. */
  current: Running | null;
  again: () => void;
  /** The same question now; it is shown once `show` is called with it. */
  prepare: () => Running | null;
  show: (running: Running) => void;
}

/**
 * Fixes what a relative range means at the moment it runs, so that rows, chart and facets of one run are about the same
 * instants. Another question or `again` reads the clock anew. `days` is the zone of calendar words: the organisation's.
 */
export function useRun(state: ExplorerState, days: string): Run {
  const question = JSON.stringify([state.q, encodeTimeRange(state.t), state.own, state.restored, state.archive]);
  const [running, setRunning] = useState<Running | null>(null);
  const { t } = state;
  const at = useCallback(
    (last: Running | null): Running => ({
      question,
      range: resolveRange(t, { now: nowMilliseconds(), zone: days }),
      count: (last?.count ?? 0) + 1,
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- the question says all that the range does
    [question, days],
  );
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- the clock is outside of React; it is read once for a question
    setRunning(at);
  }, [at]);
  const current = running?.question === question ? running : null;
  const again = useCallback(() => setRunning((last) => (last ? at(last) : last)), [at]);
  const prepare = useCallback(() => (current ? at(current) : null), [at, current]);
  return { current, again, prepare, show: setRunning };
}
