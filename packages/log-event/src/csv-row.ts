/**
 * The values of one row of CSV (RFC 4180): in double quotes a comma is no separator, and two quotes are one. At most
 * `most` values; each character is looked at once.
 */
export function readCsvRow(
  text: string,
  start: number,
  { most, separator = 44 }: { most: number; separator?: number },
): string[] {
  const values: string[] = [];
  let at = start;
  while (values.length < most) {
    if (text.charCodeAt(at) === 34) {
      const close = closingQuote(text, at + 1);
      values.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    } else {
      const next = indexOfCode(text, separator, at);
      values.push(text.slice(at, next));
      at = next;
    }
    if (text.charCodeAt(at) !== separator) break;
    at++;
  }
  return values;
}

function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== 34) return at;
  }
  return text.length;
}

function indexOfCode(text: string, code: number, start: number): number {
  for (let at = start; at < text.length; at++) {
    const found = text.charCodeAt(at);
    if (found === code || found === 10 || found === 13) return at;
  }
  return text.length;
}
