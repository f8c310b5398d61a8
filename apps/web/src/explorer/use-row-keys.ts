'use client';

import { useCallback, useEffect, useRef, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { useCommands } from '../keyboard/keyboard-provider.tsx';

interface RowKeys {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  /** Index of the active row; -1 without one. */
  place: number;
  /** Of every row, and of the heading above them. */
  rowHeight: number;
  onMove: (index: number) => void;
  onOpen: () => void;
}

/** A grid of one-line rows under the keyboard: the keys of the page, and those of a list while the grid has the focus. */
export function useRowKeys({ scroller, count, place, rowHeight, onMove, onOpen }: RowKeys) {
  const move = (to: number) => onMove(Math.max(0, Math.min(count - 1, to)));
  // Keys work on rows also when nothing has the focus; then it comes here, and the next Tab is in the open panel.
  const fromAnywhere = (act: () => void) => () => {
    act();
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  };
  useCommands({
    'row.next': fromAnywhere(() => move(place + 1)),
    'row.previous': fromAnywhere(() => move(place - 1)),
    'row.open': fromAnywhere(onOpen),
  });
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 280) / rowHeight) - 2);
    const steps: Record<string, number> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: count - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
}

/** Opens a row by a click: the same function for as long as the grid stands, so that rows which only move are not drawn again. */
export function useRowClick<Row>(open: (row: Row) => void): (event: MouseEvent<HTMLElement>, row: Row) => void {
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  return useCallback((event: MouseEvent<HTMLElement>, row: Row) => {
    // Marking text ends in a click as well; it must not open the row.
    if (event.detail > 1 || window.getSelection()?.isCollapsed === false) return;
    latest.current(row);
  }, []);
}
