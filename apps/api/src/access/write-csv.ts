import { stringify } from 'csv-stringify/sync';

type Cell = string | null | readonly string[];

/** What spreadsheets take for a formula, also behind spaces and in full width. */
const formulaStart = /^[\s\u3000]*[=+\-@＝＋－＠\t\r\n|]/u;

/**
 * A table for spreadsheets: UTF-8 with a byte order mark, lines end in CRLF, and no cell that a spreadsheet would run:
 * those begin with an apostrophe (OWASP, "CSV injection").
 */
export function writeCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  // A line end inside a cell is none of the table, so it is quoted.
  return stringify([header, ...rows.map((row) => row.map(writeCell))], {
    bom: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  });
}

function writeCell(cell: Cell): string {
  const text = cell === null ? '' : typeof cell === 'string' ? cell : cell.join(' ');
  return formulaStart.test(text) ? `'${text}` : text;
}
