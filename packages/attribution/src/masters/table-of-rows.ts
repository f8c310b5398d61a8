import { zoneClock } from '@akashi/log-event';
import { allColumns, type MasterColumn, type MasterDefinition } from './master-definition.ts';
import type { MasterRow } from './master-row.ts';

export interface TableForm {
  readonly language: 'ja' | 'en';
  /** IANA name of the zone in which moments are written, each with its offset. */
  readonly timeZone: string;
}

/** Rows as a table of texts that an import reads as the same rows. */
export function tableOfRows(
  definition: MasterDefinition,
  rows: readonly MasterRow[],
  { language, timeZone }: TableForm,
): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const { period } = definition;
  // A column of the table's own period says the validity already.
  const columns = allColumns(definition).filter(
    ({ name }) => !(name === 'validFrom' && period.from !== null) && !(name === 'validUntil' && period.until !== null),
  );
  const cell = (column: MasterColumn, row: MasterRow): string => {
    if (column.name === 'validFrom' || column.name === period.from) return timeText(row.validFromMs, timeZone);
    if (column.name === 'validUntil' || column.name === period.until) return timeText(row.validUntilMs, timeZone);
    return row.values[column.name] ?? '';
  };
  return {
    header: columns.map(({ title }) => title[language]),
    rows: rows.map((row) => columns.map((column) => cell(column, row))),
  };
}

/** RFC 3339 with the zone's offset; a part of a second only where there is one. */
function timeText(ms: number | null, timeZone: string): string {
  if (ms === null) return '';
  const offsetSeconds = zoneClock(timeZone)?.offsetAt(Math.floor(ms / 1000)) ?? 0;
  // An offset of whole minutes is all that RFC 3339 can say; those of the 19th century were none.
  const minutes = Math.round(offsetSeconds / 60);
  const local = new Date(ms + minutes * 60_000).toISOString().replace(/(?:\.000)?Z$/, '');
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
