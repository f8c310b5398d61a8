export type CsvValue = string | number | boolean | null;

/**
 * Rows as CSV that spreadsheets open as meant: UTF-8 with a byte order mark, CRLF (RFC 4180). Text that a spreadsheet
 * would run as a formula gets an apostrophe before it.
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(value: CsvValue): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
