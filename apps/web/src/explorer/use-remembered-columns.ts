'use client';

import { useEffect, useRef } from 'react';
import type { ExplorerUrl } from './use-explorer-state.ts';
import type { ColumnName } from '../query/table-columns.ts';
import { columnsParser, defaultColumns } from '../query/url-state.ts';

const storageKey = 'akashi-columns';

/**
 * Columns as last chosen in this browser, for an address that names none. They are written into the address, which
 * stays the only place that says what is shown.
 */
export function useRememberedColumns({ state, adjust }: ExplorerUrl): (columns: readonly ColumnName[]) => void {
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) return;
    first.current = false;
    if (columnsParser.eq(state.cols, defaultColumns)) {
      const remembered = columnsParser.parse(window.localStorage.getItem(storageKey) ?? '');
      if (remembered && !new URLSearchParams(window.location.search).has('cols')) adjust({ cols: remembered });
    }
  }, [state.cols, adjust]);
  return (columns) => {
    if (columnsParser.eq(columns, defaultColumns)) window.localStorage.removeItem(storageKey);
    else window.localStorage.setItem(storageKey, columnsParser.serialize(columns));
    adjust({ cols: columns });
  };
}
