'use client';

import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import { rowHeight } from './event-row.tsx';

interface AnchorInput {
  events: readonly { id: string }[];
  /** Another number: back to the first row. */
  jump: number;
  onScrolled: (scrolled: boolean) => void;
}

/**
 * Keeps the row at the top of the view where it is, by its event, when rows come in before it or go; with the first row in
 * view new rows simply come. Answers what scrolls, and what to do when it does.
 */
export function useAnchor({ events, jump, onScrolled }: AnchorInput): {
  scroller: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
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
  }, [events, jump]);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    const top = element === null ? 0 : element.scrollTop;
    const index = Math.floor(top / rowHeight);
    const event = latest.current[index];
    anchor.current = top < rowHeight || event === undefined ? null : { id: event.id, offset: top - index * rowHeight };
    const isScrolled = anchor.current !== null;
    if (scrolled.current === isScrolled) return;
    scrolled.current = isScrolled;
    onScrolled(isScrolled);
  }, [onScrolled]);
  return { scroller, onScroll };
}
