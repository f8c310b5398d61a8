/** The index field that holds `searchText` of a record; only for the records that have one. */
export const searchTextField = 'search_text';

/** A glance that nearly all records pass: whether anything below could be in a text. */
// oxlint-disable-next-line no-control-regex -- ESC is what is looked for
const mayHideWords = /[\u001B\u009B\\]|#0[0-3][0-7]|#177|\^\[/;

/**
 * What stands between words, or for other characters, in text that was written for a terminal or escaped on its way:
 * ANSI control sequences (ECMA-48 5.4) behind any spelling of ESC, the control characters that syslog daemons write
 * as `#011` or `^[`, and the escapes of JSON (RFC 8259 section 7) and C strings. A backslash escapes what follows it,
 * so the text `\\n` is no line end.
 */
const hidden = new RegExp(
  [
    '(?:\\u001B|#033|\\^\\[|\\\\u001[Bb]|\\\\x1[Bb]|\\\\e|\\\\033)(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007\\u001B]{0,256}(?:\\u0007|\\u001B\\\\)|[@-Z\\\\^_])?',
    '\\u009B[0-?]*[ -/]*[@-~]',
    '#0[0-3][0-7]|#177',
    '\\\\u(?<unit>[0-9A-Fa-f]{4})',
    '\\\\x(?<byte>[0-9A-Fa-f]{2})',
    '\\\\[0-3][0-7]{2}',
    '\\\\(?<sign>.)',
  ].join('|'),
  'gsu',
);

/**
 * The words of a record as a person reads them, where escapes hide them from a search for words: undefined when the
 * record itself shows them. Line ends and tabs become spaces, `\uXXXX` the character that it stands for.
 */
export function searchText(record: string): string | undefined {
  if (!mayHideWords.test(record)) return undefined;
  let hides = false;
  const text = record.replace(hidden, (...found: unknown[]) => {
    const groups = found.at(-1) as Partial<Record<'unit' | 'byte' | 'sign', string>>;
    const { unit, byte, sign } = groups;
    if (sign !== undefined && !'nrtbfv'.includes(sign)) return found[0] as string;
    hides = true;
    const code = unit ?? byte;
    if (code === undefined) return ' ';
    const value = Number.parseInt(code, 16);
    return value < 0x20 || value === 0x7f ? ' ' : String.fromCharCode(value);
  });
  return hides ? text.toWellFormed() : undefined;
}
