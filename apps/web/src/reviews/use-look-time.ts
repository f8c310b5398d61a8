'use client';

import { useEffect } from 'react';
import { noteItemLook } from '../api-client/log-reviews.ts';

/** As often as the server is told; what is left is told when the item is closed. */
const tellSeconds = 30;

/** Counts for how long the item is open in a window that is in sight, for the log review record. */
export function useLookTime(day: string, item: string, isCounted: boolean): void {
  useEffect(() => {
    if (!isCounted) return;
    let seconds = 0;
    const tell = () => {
      if (seconds < 1) return;
      const told = seconds;
      seconds = 0;
      // What is lost here makes the look shorter than it was, never longer.
      noteItemLook({ day, item }, told).catch(() => undefined);
    };
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') seconds += 1;
      if (seconds >= tellSeconds) tell();
    }, 1_000);
    return () => {
      clearInterval(timer);
      tell();
    };
  }, [day, item, isCounted]);
}
