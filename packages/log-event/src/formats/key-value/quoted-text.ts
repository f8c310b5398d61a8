/**
 * Values in quotes. Some writers escape quotes and backslashes in them, others (firewalls, Windows programs) nothing: a
 * backslash before anything but a quote or another backslash shows that the value is of the latter kind, as `CORP\tanaka`.
 */

const escaped = /\\(["'\\])/g;
const notEscaped = /(?:^|[^\\])(?:\\\\)*\\(?!["'\\])/;

/** The value as it is meant; the text itself where nothing in it is escaped. */
export function plainText(raw: string, quote: number): string {
  if (!raw.includes('\\')) return raw;
  if (!notEscaped.test(raw)) return raw.endsWith('\\') && !hasEvenEnd(raw) ? raw : raw.replace(escaped, '$1');
  return quote === 34 ? raw.replaceAll('\\"', '"') : raw.replaceAll("\\'", "'");
}

/** Whether all backslashes at the end are pairs. */
function hasEvenEnd(raw: string): boolean {
  let count = 0;
  while (raw.charCodeAt(raw.length - 1 - count) === 92) count++;
  return count % 2 === 0;
}

const lineEnds = /\\(["'\\nrt])/g;
const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A message as it is meant: line ends and tabs are written into messages, and hardly elsewhere. */
export function withLineEnds(raw: string): string {
  return raw.replace(lineEnds, (_, char: string) => meanings[char] ?? char);
}
