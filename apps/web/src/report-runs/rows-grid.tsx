'use client';

import { columnWords, type ReportColumn } from '@akashi/report';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef } from 'react';
import type { ReportRow } from '../api-client/report-runs.ts';
import { useRoom } from '../explorer/use-room.ts';
import { useRowClick, useRowKeys } from '../explorer/use-row-keys.ts';
import { rowColumns, rowTemplate, rowWidth } from './row-columns.ts';
import { rowHeight, RowLine } from './row-line.tsx';

interface RowsGridProps {
  /** What has been read, from the first row on. */
  rows: readonly ReportRow[];
  /** How many there are. */
  total: number;
  columns: readonly ReportColumn[];
  hasFlags: boolean;
  zone: string;
  active: number | null;
  open: boolean;
  /** The last row that is in view. */
  onShown: (index: number) => void;
  onActive: (index: number) => void;
  onOpen: (index: number) => void;
}

/** A grid of as many one-line rows as the run has; those that have not been read are drawn as places. */
export function RowsGrid(props: RowsGridProps) {
  const { rows, total, active, onShown } = props;
  const t = useTranslations('runs.rows');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const room = useRoom(props.open);
  const columns = useMemo(() => rowColumns(props.columns, props.hasFlags, room), [props.columns, props.hasFlags, room]);
  const template = rowTemplate(columns);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer keeps its own state, nothing is memoized from it
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => onShown(lastShown), [onShown, lastShown]);

  const place = active ?? -1;
  const onKeyDown = useRowKeys({
    scroller,
    count: total,
    place,
    rowHeight,
    onMove: (index) => {
      props.onActive(index);
      virtual.scrollToIndex(index);
    },
    onOpen: () => place >= 0 && props.onOpen(place),
  });
  const onClick = useRowClick(props.onOpen);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t('title')}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={shown.some(({ index }) => index === place) ? rowId(place) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 min-w-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <div style={{ height: virtual.getTotalSize() + rowHeight, minWidth: rowWidth(columns) }}>
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid items-center gap-3 border-b border-line bg-ground px-3 text-meta text-muted"
          style={{ gridTemplateColumns: template, height: rowHeight }}
        >
          {columns.map((column) => (
            <span key={column} role="columnheader" className={`truncate ${column === 'count' ? 'text-right' : ''}`}>
              {column === 'flags' ? t('flags') : columnWords[column][language]}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative">
          {shown.map(({ index, start }) => (
            <RowLine
              key={index}
              id={rowId(index)}
              row={rows[index]}
              index={index}
              top={start}
              columns={columns}
              template={template}
              zone={props.zone}
              language={language}
              active={index === place}
              open={index === place && props.open}
              onClick={onClick}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function rowId(index: number): string {
  return `row-${index}`;
}
