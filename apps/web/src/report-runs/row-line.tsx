'use client';

import { cellText, flagText } from '@akashi/report';
import { useTranslations } from 'next-intl';
import { memo, type MouseEvent } from 'react';
import type { ReportRow } from '../api-client/report-runs.ts';
import { formatInstant, parseInstant } from '../time/format-instant.ts';
import type { RowColumn } from './row-columns.ts';

export const rowHeight = 28;

interface RowLineProps {
  id: string;
  /** Undefined until it has been read. */
  row: ReportRow | undefined;
  index: number;
  top: number;
  columns: readonly RowColumn[];
  template: string;
  zone: string;
  language: 'ja' | 'en';
  active: boolean;
  open: boolean;
  onClick: (event: MouseEvent<HTMLElement>, index: number) => void;
}

/** One row in one line; what is flagged has its mark in the margin and its words beside the time. */
export const RowLine = memo(function RowLine(props: RowLineProps) {
  const { row, index, columns, zone, language } = props;
  const flagged = row !== undefined && row.flags.length > 0;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid around it handles the keys
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.active}
      onClick={(click) => props.onClick(click, index)}
      className={`absolute inset-x-0 grid items-center gap-3 overflow-hidden px-3 text-meta ${
        props.active ? 'bg-selection' : 'hover:bg-sunken'
      } ${props.open ? 'shadow-[inset_3px_0_0_var(--accent)]' : ''}`}
      style={{ gridTemplateColumns: props.template, height: rowHeight, top: props.top }}
    >
      {flagged && <span aria-hidden className="absolute inset-y-1 left-1 w-[3px] bg-bad" />}
      {columns.map((column) => (
        <span
          key={column}
          role="gridcell"
          className={
            column === 'count' ? 'truncate text-right' : column === 'command' ? 'truncate font-mono' : 'truncate'
          }
        >
          {row === undefined ? (
            <span aria-hidden className="block h-2.5 w-2/3 bg-line" />
          ) : (
            <Cell row={row} column={column} zone={zone} language={language} />
          )}
        </span>
      ))}
    </div>
  );
});

interface CellProps {
  row: ReportRow;
  column: RowColumn;
  zone: string;
  language: 'ja' | 'en';
}

function Cell({ row, column, zone, language }: CellProps) {
  if (column === 'time') return formatInstant(parseInstant(row.time), zone);
  if (column === 'flags') return <Flags row={row} language={language} />;
  const text = cellText(row, column, { language, time: (moment) => formatInstant(parseInstant(moment), zone) });
  const isBad = column === 'outcome' && row.outcome === 'failure';
  return (
    <span title={text} className={isBad ? 'text-bad' : ''}>
      {text}
    </span>
  );
}

export function Flags({ row, language }: Pick<CellProps, 'row' | 'language'>) {
  const t = useTranslations('runs.rows');
  if (row.flags.length === 0) return null;
  const words = row.flags.map((flag) => flagText(flag, language)).join(t('separator'));
  return (
    <span title={words} className="font-medium text-bad">
      {words}
    </span>
  );
}
