import { cellText, flagText, type ReportColumn, type ReportRow } from '@akashi/report';
import { stringify } from 'csv-stringify/sync';
import { namedRows } from '../rows/named-rows.ts';
import { readNdjson } from '../rows/ndjson.ts';
import type { Language, RunHead } from '../rows/run-head.ts';
import { zonedClock, type ZonedClock } from '../rows/zoned-time.ts';
import { approvalWords, fileColumnWords, type FileColumn } from '../words/file-words.ts';

/** What spreadsheets take for a formula, also behind spaces and in full width. */
const formulaStart = /^[\s\u3000]*[=+\-@＝＋－＠\t\r\n|]/u;

const rowsAtATime = 500;

/**
 * The rows of a run as a table for spreadsheets: UTF-8 with a byte order mark, lines end in CRLF, and no cell that a
 * spreadsheet would run: those begin with an apostrophe (OWASP, "CSV injection"). Every row of the run is in it, in the
 * order of the frozen NDJSON. Times are by the organisation's clocks, and once more in UTC.
 */
export async function* runCsv(
  { head, language }: { readonly head: RunHead; readonly language: Language },
  ndjson: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const clock = zonedClock(head.timeZone);
  const columns = columnsOf(head);
  yield encode([columns.map(({ id }) => fileColumnWords[id][language])], true);
  let rows: string[][] = [];
  for await (const row of readNdjson(namedRows(head, ndjson))) {
    rows.push(columns.map(({ cell }) => cell(row, { language, clock })));
    if (rows.length < rowsAtATime) continue;
    yield encode(rows, false);
    rows = [];
  }
  if (rows.length > 0) yield encode(rows, false);
}

interface Column {
  readonly id: FileColumn;
  readonly cell: (row: ReportRow, how: { language: Language; clock: ZonedClock }) => string;
}

/** The definition's columns first, as its author ordered them; then what makes a row checkable. */
function columnsOf({ definition }: RunHead): Column[] {
  const chosen = definition.columns.filter((column) => column !== 'time');
  return [
    { id: 'time', cell: (row, { clock }) => clock(row.time) },
    { id: 'timeUtc', cell: (row) => row.time },
    ...chosen.map(shown),
    { id: 'flags', cell: (row, { language }) => row.flags.map((flag) => flagText(flag, language)).join(' / ') },
    {
      id: 'approval',
      cell: (row, { language }) => (row.approval === null ? '' : approvalWords[row.approval][language]),
    },
    { id: 'until', cell: (row, { clock }) => (row.until === null ? '' : clock(row.until)) },
    ...(chosen.includes('logGroup') ? [] : [shown('logGroup')]),
    { id: 'logStream', cell: (row) => row.logStream },
    { id: 'receivedUtc', cell: (row) => row.receivedAt },
    { id: 'eventId', cell: (row) => row.eventId ?? '' },
    { id: 'recordSha256', cell: (row) => row.recordSha256 ?? '' },
    { id: 'record', cell: (row) => row.record ?? '' },
  ];
}

function shown(id: Exclude<ReportColumn, 'time'>): Column {
  return { id, cell: (row, { language, clock }) => cellText(row, id, { language, time: clock }) };
}

function encode(rows: readonly (readonly string[])[], isFirst: boolean): Uint8Array {
  const safe = rows.map((row) => row.map((text) => (formulaStart.test(text) ? `'${text}` : text)));
  // A line end inside a record is no line end of the table: without quotes a line could make rows of its own.
  return Buffer.from(stringify(safe, { bom: isFirst, record_delimiter: 'windows', quoted_match: /[\r\n]/ }));
}
