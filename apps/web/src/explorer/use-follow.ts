'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { countNew } from './count-new.ts';
import type { Run, Running } from './use-run.ts';
import { rowsOf, type Search, type SearchInput } from './use-search.ts';

const intervalMilliseconds = 5000;
/** A look that is not shown is soon forgotten: the next one has all of it. */
const keptMilliseconds = 15_000;

interface FollowInput {
  /** An absolute range ends in the past: there is nothing to follow. */
  possible: boolean;
  /** Somebody reads: has scrolled away from the newest row, or has an event open. What they see stays where it is. */
  reading: boolean;
  run: Run;
  search: Search;
  input: SearchInput;
}

export interface Follow {
  possible: boolean;
  on: boolean;
  toggle: () => void;
  /** What came while somebody reads; null when nothing waits. */
  waiting: { count: number; more: boolean } | null;
  /** Shows what waits, from the newest row on. */
  showNew: () => void;
  /** Increases with every `showNew`. */
  shown: number;
}

interface Waiting {
  running: Running;
  count: number;
  more: boolean;
}

/**
 * Asks a relative range again every five seconds while switched on and the page is visible. At the newest row the answer
 * is shown at once; while somebody reads it waits, counted, until they ask for it. All looks are within one act on record.
 */
export function useFollow({ possible, reading, run, search, input }: FollowInput): Follow {
  const client = useQueryClient();
  const [wanted, setWanted] = useState(false);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [shown, setShown] = useState(0);
  const on = wanted && possible;
  const act = useRef<string | undefined>(undefined);
  const { current, prepare, show } = run;
  const latest = useRef({ reading, search, input });
  useEffect(() => {
    latest.current = { reading, search, input };
  });
  const busy = search.rows.isFetching;
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (!on || busy) return;
    const look = async () => {
      const running = prepare();
      if (document.visibilityState !== 'visible' || running === null) return;
      const { search: before, input: asks } = latest.current;
      const followed = act.current ?? before.act;
      const query = rowsOf({ ...asks, run: running }, followed);
      const found = await client.fetchInfiniteQuery({ ...query, gcTime: keptMilliseconds });
      const [page] = found.pages;
      if (page === undefined) return;
      act.current = page.act;
      const fresh = countNew(before.events, page.items);
      if (!latest.current.reading) {
        setWaiting(null);
        show(running);
      } else if (fresh > 0) {
        setWaiting({ running, count: fresh, more: fresh === page.items.length && page.next !== undefined });
      }
    };
    const timer = setTimeout(() => {
      // A look that failed is no reason to stop: what is shown stays, and the next one is asked in its time.
      void look()
        .catch(() => undefined)
        .finally(() => setAsked((count) => count + 1));
    }, intervalMilliseconds);
    return () => clearTimeout(timer);
  }, [on, busy, asked, prepare, show, client]);
  // Another question: what waits belongs to the former one.
  const question = current?.question;
  useEffect(() => {
    act.current = undefined;
  }, [question, on]);
  const isCurrent = waiting !== null && waiting.running.question === question;
  const showNew = useCallback(() => {
    setShown((count) => count + 1);
    setWaiting(null);
    if (waiting === null) return;
    show(waiting.running);
  }, [waiting, show]);
  return {
    possible,
    on,
    toggle: () => setWanted(!on),
    waiting: isCurrent ? { count: waiting.count, more: waiting.more } : null,
    showNew,
    shown,
  };
}
