/** How the bytes of a table are text. */
export const tableEncodings = ['utf-8', 'shift_jis', 'utf-16le', 'utf-16be'] as const;
export type TableEncoding = (typeof tableEncodings)[number];

const labels: Readonly<Record<string, TableEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  shift_jis: 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'x-sjis': 'shift_jis',
  'windows-31j': 'shift_jis',
  ms_kanji: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

/** The encoding of a `charset` label; undefined for one that tables are not taken in. */
export function tableEncoding(label: string): TableEncoding | undefined {
  const name = label.trim().toLowerCase();
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** `line`: the first line that holds bytes which are no text of the encoding, from 1. */
export type DecodedTable =
  | { readonly text: string; readonly encoding: TableEncoding }
  | { readonly line: number; readonly encoding: TableEncoding };

/**
 * The text of a table. A byte order mark says the encoding; else `declared` does; else the bytes are UTF-8 if they can be,
 * and Shift_JIS (with the extensions of Windows, as Excel writes it) if not. No byte is replaced by a guess.
 */
export function decodeTable(bytes: Uint8Array, declared: TableEncoding | null): DecodedTable {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return decodeAs(bytes, marked);
  if (declared !== null) return decodeAs(bytes, declared);
  const unicode = decodeAs(bytes, 'utf-8');
  if ('text' in unicode) return unicode;
  const japanese = decodeAs(bytes, 'shift_jis');
  return 'text' in japanese ? japanese : unicode;
}

function markedEncoding(bytes: Uint8Array): TableEncoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

function decodeAs(bytes: Uint8Array, encoding: TableEncoding): DecodedTable {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    const readable = new TextDecoder(encoding).decode(bytes);
    const broken = readable.slice(0, Math.max(readable.indexOf('\ufffd'), 0));
    return { line: broken.split(/\r\n|\r|\n/).length, encoding };
  }
}
