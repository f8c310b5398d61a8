'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useState } from 'react';
import { noteUrlWrite } from '../navigation/url-writes.ts';
import { nowMilliseconds } from '../time/clock.ts';
import type { TimeRange } from '../time-range/time-range.ts';
import { trailParsers } from './trail-address.ts';

export interface TrailState {
  person: string;
  q: string;
  t: TimeRange;
  /** Also what is restored from the archive. */
  restored: boolean;
}

interface TrailStateSetting {
  state: TrailState;
  /** When the page was last asked for; null until it is in the browser, whose clock it is. */
  asked: number | null;
  change: (part: Partial<TrailState>) => void;
}

/** What is followed, which stands in the address. */
export function useTrailState(): TrailStateSetting {
  const [state, setState] = useQueryStates(trailParsers, { history: 'push' });
  const [asked, setAsked] = useState<number | null>(null);
  // oxlint-disable-next-line react/set-state-in-effect -- the clock is outside of React
  useEffect(() => setAsked(nowMilliseconds()), []);
  const change = useCallback(
    (part: Partial<TrailState>) => {
      setAsked(nowMilliseconds());
      noteUrlWrite(setState(part));
    },
    [setState],
  );
  return { state, asked, change };
}
