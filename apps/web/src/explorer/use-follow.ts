'use client';

import { useEffect, useState } from 'react';

const intervalMilliseconds = 5000;

export interface Follow {
  /** An absolute range ends in the past: there is nothing to follow. */
  possible: boolean;
  on: boolean;
  toggle: () => void;
}

/** Runs a relative range again every five seconds while switched on, the page is visible and no answer is awaited. */
export function useFollow({ possible, busy, again }: { possible: boolean; busy: boolean; again: () => void }): Follow {
  const [wanted, setWanted] = useState(false);
  const on = wanted && possible;
  useEffect(() => {
    if (!on || busy) return;
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') again();
    }, intervalMilliseconds);
    return () => clearTimeout(timer);
  }, [on, busy, again]);
  return { possible, on, toggle: () => setWanted(!on) };
}
