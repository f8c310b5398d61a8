import { allColumns, type MasterColumn, type MasterDefinition } from './master-definition.ts';
import { intersection, type Validity } from './master-row.ts';
import { readPeriod, type TimeReading } from './read-period.ts';
import { readValue, type CellFault } from './read-value.ts';

/** Why a cell is refused. */
export type RowReason = CellFault | 'time' | 'no-such-day' | 'ends-first' | 'no-common-time';

export interface RowFault {
  /** English name of the column. */
  readonly column: string;
  readonly reason: RowReason;
}

export interface RowReading extends TimeReading {
  /** A text as it may be kept: card numbers are masked. */
  readonly keep: (text: string) => string;
}

/** What a row says: values without the columns of its own period, and when it holds. */
export interface ReadRow extends Validity {
  readonly values: Readonly<Record<string, string>>;
  readonly isYearGuessed: boolean;
}

export type RowResult = { readonly row: ReadRow } | { readonly faults: readonly RowFault[] };

/** Reads one row from its cells by English column names; absent cells are empty ones. All faults of it are told. */
export function readRow(
  definition: MasterDefinition,
  cells: Readonly<Record<string, string>>,
  reading: RowReading,
): RowResult {
  const faults: RowFault[] = [];
  const values: Record<string, string> = {};
  const times: Record<string, string> = {};
  for (const column of allColumns(definition)) {
    const value = readCell(column, cells[column.name] ?? '', faults);
    if (value === '') continue;
    if (isPeriodColumn(definition, column.name)) times[column.name] = value;
    else
      values[column.name] = reading.keep(
        column.type === 'time' ? readMoment(column, { value, reading, faults }) : value,
      );
  }
  const { from, until } = definition.period;
  const own = periodOf([from, until], { times, reading, faults });
  const valid = periodOf(['validFrom', 'validUntil'], { times, reading, faults });
  const common = intersection(own, valid);
  if (common === undefined && faults.length === 0) faults.push({ column: 'validUntil', reason: 'no-common-time' });
  if (common === undefined || faults.length > 0) return { faults };
  return { row: { values, ...common, isYearGuessed: own.isYearGuessed || valid.isYearGuessed } };
}

function readCell(column: MasterColumn, written: string, faults: RowFault[]): string {
  const result = readValue(written, column.type);
  if ('fault' in result) {
    faults.push({ column: column.name, reason: result.fault });
    return '';
  }
  if (result.value === '' && column.isRequired) faults.push({ column: column.name, reason: 'required' });
  return result.value;
}

function isPeriodColumn({ period }: MasterDefinition, name: string): boolean {
  return name === 'validFrom' || name === 'validUntil' || name === period.from || name === period.until;
}

interface Times {
  readonly times: Readonly<Record<string, string>>;
  readonly reading: TimeReading;
  readonly faults: RowFault[];
}

const always = { validFromMs: null, validUntilMs: null, isYearGuessed: false };

function periodOf([from, until]: readonly [string | null, string | null], { times, reading, faults }: Times) {
  const cell = (name: string | null): string => (name === null ? '' : (times[name] ?? ''));
  const result = readPeriod({ from: cell(from), until: cell(until) }, reading);
  if ('period' in result) return { ...result.period, isYearGuessed: result.isYearGuessed };
  faults.push({ column: (result.fault.side === 'from' ? from : until) ?? '', reason: result.fault.reason });
  return always;
}

/** A time that says nothing of the row's own period, in RFC 3339. */
function readMoment(column: MasterColumn, cell: { value: string; reading: TimeReading; faults: RowFault[] }): string {
  const result = readPeriod({ from: cell.value, until: '' }, cell.reading);
  if ('period' in result && result.period.validFromMs !== null)
    return new Date(result.period.validFromMs).toISOString();
  cell.faults.push({ column: column.name, reason: 'fault' in result ? result.fault.reason : 'time' });
  return '';
}
