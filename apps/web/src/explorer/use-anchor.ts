'use client';

import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import { rowHeight } from './event-row.tsx';

interface AnchorInput {
  scroller: RefObject<HTMLDivElement | null>;
  events: readonly { id: string }[];
  /** Another number: back to the first row. */
  jump: number;
  onScrolled: (scrolled: boolean) => void;
}

/**
 * Keeps the row at the top of the view where it is, by its event, when rows come in before it or go; with the first row in
 * view new rows simply come. Answers what to do on scrolling.
 */
export function useAnchor({ scroller, events, jump, onScrolled }: AnchorInput): () => void {
  const anchor = useRef<{ id: string; offset: number } | null>(null);
  const scrolled = useRef(false);
  const jumped = useRef(jump);
  const latest = useRef(events);
  useLayoutEffect(() => {
    latest.current = events;
    const element = scroller.current;
    if (element === null) return;
    if (jumped.current !== jump) {
      jumped.current = jump;
      anchor.current = null;
      element.scrollTop = 0;
      return;
    }
    const { current } = anchor;
    if (current === null) return;
    const index = events.findIndex(({ id }) => id === current.id);
    // Another search: nothing of the former one is there to stay with.
    element.scrollTop = index < 0 ? 0 : index * rowHeight + current.offset;
  }, [scroller, events, jump]);
  return useCallback(() => {
    const top = scroller.current?.scrollTop ?? 0;
    const index = Math.floor(top / rowHeight);
    const event = latest.current[index];
    anchor.current = top < rowHeight || event === undefined ? null : { id: event.id, offset: top - index * rowHeight };
    const isScrolled = anchor.current !== null;
    if (scrolled.current === isScrolled) return;
    scrolled.current = isScrolled;
    onScrolled(isScrolled);
  }, [scroller, onScrolled]);
}
