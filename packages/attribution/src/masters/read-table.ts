import { CsvError, parse } from 'csv-parse/sync';
import { allColumns, type MasterColumn, type MasterDefinition } from './master-definition.ts';
import { plainText } from './written-name.ts';

/** A record of a table with the line that it begins on, from 1. */
export interface TableRecord {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface TableColumn {
  /** English name of the column. */
  readonly name: string;
  /** As the table's heading writes it. */
  readonly heading: string;
}

/** Why a table, or a record of it as a whole, is refused. */
export type TableReason =
  'empty' | 'column-missing' | 'column-twice' | 'quote-open' | 'too-many-cells' | 'too-many-rows';

/** `column` is a heading, '' where no single column is at fault. */
export interface TableFault {
  readonly line: number;
  readonly column: string;
  readonly reason: TableReason;
}

export interface ReadTable {
  readonly columns: readonly TableColumn[];
  /** Headings that name no column of the table; their cells are not read. */
  readonly ignored: readonly string[];
  readonly records: readonly TableRecord[];
  readonly faults: readonly TableFault[];
}

export const mostRows = 200_000;
/** Titles, blank lines and `sep=,` may stand before the headings. */
const furthestHeading = 10;

/**
 * Reads a table as spreadsheets write it: commas, tabs or semicolons; any line ends; quoted line breaks; empty columns and empty
 * lines at the end and between. The headings, in Japanese or English and in any order, name the columns.
 */
export function readTable(text: string, definition: MasterDefinition): ReadTable {
  const lines = text.replaceAll(/\r\n?/g, '\n');
  const split = splitRecords(lines, definition);
  if ('line' in split) return refused([{ line: split.line, column: '', reason: 'quote-open' }]);
  const { records, heading } = split;
  const [first] = records;
  if (first === undefined) return refused([{ line: 1, column: '', reason: 'empty' }]);
  const missing = missingColumns(definition, heading?.columns ?? columnsOf(first.cells, definition));
  if (heading === undefined || missing.length > 0) {
    const isJapanese = /[\u3040-\u30ff\u4e00-\u9fff]/u.test(lines.slice(0, 4096));
    const headings = missing.map(({ title }) => (isJapanese ? title.ja : title.en));
    return refused(headings.map((column) => ({ line: first.line, column, reason: 'column-missing' })));
  }
  return readRecords(records, heading);
}

function refused(faults: readonly TableFault[]): ReadTable {
  return { columns: [], ignored: [], records: [], faults };
}

interface RawRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Heading {
  /** Where in the records it stands. */
  readonly at: number;
  /** By the position of the cell; undefined for one that names no column. */
  readonly columns: readonly (MasterColumn | undefined)[];
}

type Split =
  { readonly records: readonly RawRecord[]; readonly heading: Heading | undefined } | { readonly line: number };

/** The separator is the one by which the most columns of the table are named. */
function splitRecords(lines: string, definition: MasterDefinition): Split {
  const named = [',', '\t', ';'].map((delimiter) => {
    const parsed = parseRecords(lines, delimiter, furthestHeading);
    const records = 'line' in parsed ? [] : parsed;
    const counts = records.map(
      ({ cells }) => columnsOf(cells, definition).filter((column) => column !== undefined).length,
    );
    return { delimiter, count: Math.max(0, ...counts) };
  });
  const [best] = named.toSorted((one, other) => other.count - one.count);
  const records = parseRecords(lines, best?.delimiter ?? ',');
  if ('line' in records) return records;
  const at = records
    .slice(0, furthestHeading)
    .findIndex(({ cells }) => missingColumns(definition, columnsOf(cells, definition)).length === 0);
  const found = records[at];
  return { records, heading: found === undefined ? undefined : { at, columns: columnsOf(found.cells, definition) } };
}

/** Records with any text in them; or the line of the record in which a quote is opened that nothing closes. */
function parseRecords(lines: string, delimiter: string, to = -1): readonly RawRecord[] | { readonly line: number } {
  const records: RawRecord[] = [];
  let end = 0;
  const take = (cells: string[], { lines: line }: { readonly lines: number }): null => {
    end = line;
    const breaks = cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
    if (cells.some((cell) => cell.trim() !== '')) records.push({ line: line - breaks, cells });
    return null;
  };
  try {
    parse(lines, {
      delimiter,
      to,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: take,
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const open = lines.split('\n').findIndex((line, at) => at >= end && line.trim() !== '');
    return { line: open + 1 };
  }
}

/** A heading without what spreadsheets vary: width, case, blanks, signs. */
function headingText(written: string): string {
  const text = plainText(written).toLowerCase();
  const bare = text.replaceAll(/[\s_\-・･/:.()*※\u2010-\u2015]/gu, '');
  return bare === '' ? text : bare;
}

function columnsOf(cells: readonly string[], definition: MasterDefinition): (MasterColumn | undefined)[] {
  const byHeading = new Map<string, MasterColumn>();
  // The table's own columns go before those of every table, and their titles before what they may also be called.
  const all = allColumns(definition).toReversed();
  for (const column of all) for (const heading of column.headings) byHeading.set(headingText(heading), column);
  for (const column of all)
    for (const heading of [column.title.en, column.title.ja, column.name]) byHeading.set(headingText(heading), column);
  return cells.map((cell) => byHeading.get(headingText(cell)));
}

function missingColumns(
  definition: MasterDefinition,
  columns: readonly (MasterColumn | undefined)[],
): readonly MasterColumn[] {
  return definition.columns.filter((column) => column.isRequired && !columns.includes(column));
}

function readRecords(records: readonly RawRecord[], heading: Heading): ReadTable {
  const { at, columns } = heading;
  const row = records[at];
  const headings = row?.cells.map(plainText) ?? [];
  const named = columns.flatMap((column, place) => (column === undefined ? [] : [{ name: column.name, place }]));
  const line = row?.line ?? 1;
  const twice = named.filter(({ name, place }) => columns.findIndex((column) => column?.name === name) !== place);
  const faults: TableFault[] = twice.map(({ place }) => ({
    line,
    column: headings[place] ?? '',
    reason: 'column-twice',
  }));
  const body = records.slice(at + 1);
  const over = body[mostRows];
  if (over !== undefined) faults.push({ line: over.line, column: '', reason: 'too-many-rows' });
  if (faults.length === 0) {
    for (const { line: where, cells } of body)
      if (cells.slice(headings.length).some((cell) => cell.trim() !== ''))
        faults.push({ line: where, column: '', reason: 'too-many-cells' });
  }
  return {
    columns: named.map(({ name, place }) => ({ name, heading: headings[place] ?? '' })),
    ignored: headings.filter((text, place) => text !== '' && columns[place] === undefined),
    records: body.map(({ line: where, cells }) => ({
      line: where,
      cells: Object.fromEntries(named.map(({ name, place }) => [name, cells[place] ?? ''])),
    })),
    faults,
  };
}
