'use client';

import { useSyncExternalStore } from 'react';
import type { Room } from '../query/table-columns.ts';

/** The breakpoints of the frame: a bar for a menu below the first, icons for one below the second. */
const narrow = '(max-width: 639.98px)';
const tight = '(max-width: 1279.98px)';

/** How much room rows have in this window, with or without an open event beside them. */
export function useRoom(besidePanel: boolean): Room {
  const isNarrow = useMedia(narrow);
  const isTight = useMedia(tight);
  if (isNarrow) return 'narrow';
  if (!besidePanel) return 'wide';
  return isTight ? 'tight' : 'beside';
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}
