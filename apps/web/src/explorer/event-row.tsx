'use client';

import { useLocale, useTranslations } from 'next-intl';
import { listedValues } from '@akashi/query';
import { memo, type MouseEvent } from 'react';
import { fieldText, type EventRecord } from '../api-client/event.ts';
import type { Locale } from '../i18n/locale.ts';
import { SealMark, type SealState } from '../seal/seal-mark.tsx';
import { formatClock, formatDay, parseInstant } from '../time/format-instant.ts';
import { fieldValues, valueWord } from '../query/value-word.ts';
import { KeptMark } from './kept-mark.tsx';
import { cellText, columnTemplate, type ColumnName, type Room } from '../query/table-columns.ts';

export const rowHeight = 28;

interface EventRowProps {
  id: string;
  event: EventRecord;
  index: number;
  top: number;
  columns: readonly ColumnName[];
  zone: string;
  seal: SealState;
  room: Room;
  active: boolean;
  open: boolean;
  onClick: (event: MouseEvent<HTMLElement>, id: string) => void;
}

export const EventRow = memo(function EventRow({
  id,
  event,
  index,
  top,
  columns,
  zone,
  seal,
  room,
  active,
  open,
  onClick,
}: EventRowProps) {
  const locale = useLocale();
  const instant = parseInstant(event['@timestamp']);
  const markedColumn = columns.includes('line') ? 'line' : columns[0];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid around it handles the keys
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      onClick={(click) => onClick(click, event.id)}
      className={`absolute inset-x-0 grid items-center gap-3 overflow-hidden px-3 text-meta ${
        active ? 'bg-selection' : 'hover:bg-sunken'
      } ${open ? 'shadow-[inset_3px_0_0_var(--accent)]' : ''}`}
      style={{ gridTemplateColumns: columnTemplate(columns, room), height: rowHeight, top }}
    >
      <span role="gridcell" className="truncate">
        <SeverityMark event={event} />
        {room !== 'narrow' && <span className="text-muted">{formatDay(instant, zone).slice(5)} </span>}
        {formatClock(instant, zone, room === 'narrow' ? 'second' : 'millisecond')}
      </span>
      <span role="gridcell" className="flex">
        {seal !== 'proven' && <SealMark state={seal} size={14} />}
      </span>
      {columns.map((name) => (
        <span
          key={name}
          role="gridcell"
          className={name === 'line' ? 'overflow-hidden font-mono text-record whitespace-pre' : 'truncate'}
        >
          {name === markedColumn && <KeptMark event={event} />}
          {name === 'line' && event.textHidden ? <HiddenLine /> : cellWords(event, name, locale)}
          {name === 'user' && event.person && <PersonBeside person={event.person} />}
        </span>
      ))}
    </div>
  );
});

/** Whose account it was. What the tables contradict each other about is marked. */
function PersonBeside({ person }: { person: NonNullable<EventRecord['person']> }) {
  return (
    <span className={person.conflict ? 'text-bad' : 'text-muted'}>
      {' '}
      {person.name}
      {person.conflict ? ` / ${person.conflict.name}` : ''}
    </span>
  );
}

function cellWords(event: EventRecord, name: ColumnName, locale: Locale): string {
  if (listedValues(name) === undefined) return cellText(event, name);
  return fieldValues(event, name)
    .map((value) => valueWord(name, value, locale))
    .join(', ');
}

/** Nothing is missing: the reader's access leaves the line out, and the panel says why. */
function HiddenLine() {
  const t = useTranslations('panel');
  return <span className="font-sans text-meta text-muted">{t('lineHidden')}</span>;
}

/** 3 px in the margin for what failed or is severe; the word stands in the panel. */
function SeverityMark({ event }: { event: EventRecord }) {
  const severity = Number(event.fields['log.syslog.severity.code'] ?? event.fields['event.severity'] ?? 6);
  const failed = fieldText(event, 'event.outcome') === 'failure';
  if (!failed && severity > 4) return null;
  return (
    <span
      aria-hidden
      className={`absolute inset-y-1 left-1 w-[3px] ${failed || severity <= 3 ? 'bg-bad' : 'bg-attention'}`}
    />
  );
}
