import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  decodeTable,
  readRow,
  readTable,
  type ImportedRow,
  type MasterDefinition,
  type TableEncoding,
  type TimeReading,
} from '@akashi/attribution';
import { maskedText } from '../kept-text/keep-texts.ts';
import type { ImportFault } from './fault-sentences.ts';

export interface FoundFault {
  readonly line: number;
  /** As the file's heading writes it. */
  readonly column: string;
  readonly fault: ImportFault;
}

/** A file as far as it can be told without the table that it goes into. */
export interface ReadImport {
  readonly rows: readonly ImportedRow[];
  readonly faults: readonly FoundFault[];
  readonly ignoredColumns: readonly string[];
  readonly guessedYears: readonly number[];
  readonly maskedRows: number;
  /** Whether the file has columns that say an end. */
  readonly saysEnds: boolean;
  readonly encoding: TableEncoding;
}

/** The process takes other calls after each so many rows. */
const rowsAtOnce = 1_000;

export async function readImport(
  definition: MasterDefinition,
  { bytes, declared }: { readonly bytes: Uint8Array; readonly declared: TableEncoding | null },
  reading: TimeReading,
): Promise<ReadImport> {
  const nothing = { rows: [], ignoredColumns: [], guessedYears: [], maskedRows: 0, saysEnds: false };
  if (isWorkbook(bytes))
    return { ...nothing, faults: [{ line: 1, column: '', fault: 'workbook' }], encoding: declared ?? 'utf-8' };
  const decoded = decodeTable(bytes, declared);
  if (!('text' in decoded)) {
    return { ...nothing, faults: [{ line: decoded.line, column: '', fault: 'encoding' }], encoding: decoded.encoding };
  }
  const table = readTable(decoded.text, definition);
  const headings = new Map(table.columns.map(({ name, heading }) => [name, heading]));
  const faults: FoundFault[] = table.faults.map(({ line, column, reason }) => ({ line, column, fault: reason }));
  const rows: ImportedRow[] = [];
  const years = new Set<number>();
  let maskedRows = 0;
  let isMasked = false;
  const keep = (text: string): string => {
    const kept = maskedText(text);
    isMasked ||= kept !== text;
    return kept;
  };
  const yearOf = new Intl.DateTimeFormat('en', { timeZone: reading.timeZone, year: 'numeric' });
  for (const [at, { line, cells }] of table.records.entries()) {
    if (at % rowsAtOnce === rowsAtOnce - 1) await nextTurn();
    isMasked = false;
    const result = readRow(definition, cells, { ...reading, keep });
    if (isMasked) maskedRows++;
    if ('faults' in result) {
      for (const { column, reason } of result.faults)
        faults.push({ line, column: headings.get(column) ?? column, fault: reason });
      continue;
    }
    rows.push({ ...result.row, line });
    const moment = result.row.validFromMs ?? result.row.validUntilMs;
    if (result.row.isYearGuessed && moment !== null) years.add(Number(yearOf.format(moment)));
  }
  return {
    rows,
    faults: faults.toSorted((one, other) => one.line - other.line),
    ignoredColumns: table.ignored,
    guessedYears: [...years].toSorted((one, other) => one - other),
    maskedRows,
    saysEnds: headings.has('validUntil') || headings.has(definition.period.until ?? 'validUntil'),
    encoding: decoded.encoding,
  };
}

/** A spreadsheet as such: a ZIP archive (`.xlsx`), or a compound file (`.xls`). */
function isWorkbook([a, b, c, d]: Uint8Array): boolean {
  return (a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0);
}
