'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo } from 'react';
import type { EventRecord } from '../api-client/event.ts';
import { sealNow } from '../seal/seal-now.ts';
import { useStanding } from '../seal/use-standing.ts';
import { EventRow, rowHeight } from './event-row.tsx';
import { columnsShown, columnTemplate, tableWidth, type ColumnName } from '../query/table-columns.ts';
import { useAnchor } from './use-anchor.ts';
import { useColumnWord } from './use-column-word.ts';
import { useRoom } from './use-room.ts';
import { useRowClick, useRowKeys } from './use-row-keys.ts';

interface EventTableProps {
  events: readonly EventRecord[];
  total: number;
  exact: boolean;
  columns: readonly ColumnName[];
  zone: string;
  active: string | null;
  open: boolean;
  dimmed: boolean;
  /** More rows can be asked for; false after an error, so that a failed page is not asked for again and again. */
  more: boolean;
  onMore: () => void;
  /** Another number brings the newest row back into view. */
  jump: number;
  /** Whether the first row is out of view. */
  onScrolled: (scrolled: boolean) => void;
  onActive: (id: string) => void;
  onOpen: (id: string) => void;
}

/** After the first page somebody is scrolling: then more is asked for well before it is reached. */
const firstPage = 200;
const justAhead = 40;
const farAhead = 500;

/** A grid of one-line rows of known height, keyed by event id: prepended and opened rows never make it jump. */
export function EventTable(props: EventTableProps) {
  const { events, active, more, onMore } = props;
  const room = useRoom(props.open);
  const columns = useMemo(() => columnsShown(props.columns, room), [props.columns, room]);
  const t = useTranslations('table');
  const wordOf = useColumnWord();
  const standing = useStanding();
  const { scroller, onScroll } = useAnchor({ events, jump: props.jump, onScrolled: props.onScrolled });
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer keeps its own state, nothing is memoized from it
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => events[index]?.id ?? index,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && lastShown >= events.length - (events.length > firstPage ? farAhead : justAhead)) onMore();
  }, [more, lastShown, events.length, onMore]);

  const activeIndex = useMemo(
    () => (active === null ? -1 : events.findIndex((event) => event.id === active)),
    [active, events],
  );
  const onKeyDown = useRowKeys({
    scroller,
    count: events.length,
    place: activeIndex,
    rowHeight,
    onMove: (index) => {
      const event = events[index];
      if (!event) return;
      props.onActive(event.id);
      virtual.scrollToIndex(index);
    },
    onOpen: () => {
      const event = events[activeIndex];
      if (event) props.onOpen(event.id);
    },
  });
  const onClick = useRowClick((id: string) => {
    props.onActive(id);
    props.onOpen(id);
  });
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t('label')}
      aria-rowcount={props.exact ? props.total + 1 : -1}
      aria-colcount={columns.length + 2}
      aria-activedescendant={activeIndex >= 0 ? rowId(events[activeIndex]?.id ?? '') : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      style={{ overflowAnchor: 'none' }}
      className={`min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2 ${props.dimmed ? 'opacity-60 transition-opacity delay-150 duration-100' : ''}`}
    >
      <div style={{ height: virtual.getTotalSize() + rowHeight, minWidth: tableWidth(columns, room) }}>
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid items-center gap-3 border-b border-line bg-ground px-3 text-meta text-muted"
          style={{ gridTemplateColumns: columnTemplate(columns, room), height: rowHeight }}
        >
          <span role="columnheader">{t('columns.time')}</span>
          <span role="columnheader">
            <span className="visually-hidden">{t('columns.seal')}</span>
          </span>
          {columns.map((name) => (
            <span key={name} role="columnheader" className="truncate" title={name}>
              {wordOf(name)}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative">
          {rows.map((row) => {
            const event = events[row.index];
            if (!event) return null;
            return (
              <EventRow
                key={row.key}
                id={rowId(event.id)}
                event={event}
                index={row.index}
                top={row.start}
                columns={columns}
                zone={props.zone}
                seal={sealNow(event, standing).state}
                room={room}
                active={event.id === active}
                open={event.id === active && props.open}
                onClick={onClick}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function rowId(eventId: string): string {
  return `event-${eventId}`;
}
