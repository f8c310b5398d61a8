import { isUtf8 } from 'node:buffer';

export type TextEncodingName = {
  readonly label: string;
  readonly unit: 1 | 2;
  readonly kind: 'utf-8' | 'utf-16le' | 'utf-16be' | 'legacy';
};

const pythonNames: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  ascii: 'utf-8',
  usascii: 'utf-8',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  mskanji: 'shift_jis',
  sjis: 'shift_jis',
  shiftjis: 'shift_jis',
  windows31j: 'shift_jis',
  eucjp: 'euc-jp',
  ujis: 'euc-jp',
  latin1: 'latin1',
  iso88591: 'latin1',
};

/** Understands Python's codec names as awslogs.conf has them (`utf_8`, `cp932`, `euc_jp`) and the WHATWG labels. */
export function textEncoding(name: string): TextEncodingName | null {
  const label = pythonNames[name.toLowerCase().replace(/[^a-z0-9]/g, '')] ?? name.toLowerCase().replaceAll('_', '-');
  if (label === 'utf-8') return { label, unit: 1, kind: 'utf-8' };
  if (label === 'utf-16le' || label === 'utf-16be') return { label, unit: 2, kind: label };
  try {
    new TextDecoder(label, { fatal: true });
    return { label, unit: 1, kind: 'legacy' };
  } catch {
    return null;
  }
}

/** A byte that is no text in the file's encoding is kept as the private-use character U+10FE00 + byte. */
const escapeBase = 0x10fe00;
const escaped = (byte: number): string => String.fromCodePoint(escapeBase + byte);

/**
 * Text of one record. Nothing is dropped or replaced by U+FFFD: an invalid byte becomes U+10FE00 + byte. A file that itself
 * holds U+10FE00..U+10FEFF has the bytes of these characters escaped too, so that `restoreBytes` is exact for UTF-8 and
 * UTF-16.
 */
export function decodeText(bytes: Buffer, encoding: TextEncodingName): string {
  switch (encoding.kind) {
    case 'utf-8':
      return isUtf8(bytes) && bytes.indexOf(0xf4) === -1 ? bytes.toString('utf8') : decodeBrokenUtf8(bytes);
    case 'utf-16le':
    case 'utf-16be':
      return decodeUtf16(bytes, encoding.kind === 'utf-16be');
    case 'legacy':
      return decodeLegacy(bytes, encoding.label);
  }
}

/** The bytes that a decoded UTF-8 record had in its file. */
export function restoreBytes(text: string): Buffer {
  const parts: Buffer[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    parts.push(code >= escapeBase && code <= escapeBase + 0xff ? Buffer.from([code - escapeBase]) : Buffer.from(char));
  }
  return Buffer.concat(parts);
}

function decodeBrokenUtf8(bytes: Buffer): string {
  let text = '';
  let validFrom = 0;
  let index = 0;
  while (index < bytes.length) {
    const length = utf8SequenceLength(bytes, index);
    if (length > 0) {
      index += length;
      continue;
    }
    text += bytes.toString('utf8', validFrom, index) + escaped(bytes[index] ?? 0);
    index += 1;
    validFrom = index;
  }
  return text + bytes.toString('utf8', validFrom);
}

/** Length of the well-formed sequence at `index` (Unicode table 3-7), 0 when there is none or it is an escape character. */
function utf8SequenceLength(bytes: Buffer, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const sequence = bytes.subarray(index, index + length);
  if (first < 0xc2 || first > 0xf4 || sequence.length < length || !isUtf8(sequence)) return 0;
  const isEscape = first === 0xf4 && sequence[1] === 0x8f && (sequence[2] ?? 0) >= 0xb8 && (sequence[2] ?? 0) <= 0xbb;
  return isEscape ? 0 : length;
}

function decodeUtf16(bytes: Buffer, bigEndian: boolean): string {
  const even = bytes.length - (bytes.length % 2);
  const pairs = Buffer.from(bytes.subarray(0, even));
  if (bigEndian) pairs.swap16();
  let text = pairs.toString('utf16le');
  if (!text.isWellFormed() || /[\u{10FE00}-\u{10FEFF}]/u.test(text)) {
    text = text.replace(/[\u{10FE00}-\u{10FEFF}]|\p{Surrogate}/gu, (found) => {
      const unit = Buffer.from(found, 'utf16le');
      if (bigEndian) unit.swap16();
      return [...unit].map(escaped).join('');
    });
  }
  return even === bytes.length ? text : text + escaped(bytes[even] ?? 0);
}

type StrictDecoder = InstanceType<typeof TextDecoder>;

const strictDecoders = new Map<string, StrictDecoder>();

function decodeLegacy(bytes: Buffer, label: string): string {
  let decoder = strictDecoders.get(label);
  if (decoder === undefined) {
    decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    strictDecoders.set(label, decoder);
  }
  const whole = tryDecode(decoder, bytes);
  if (whole !== null) return whole;
  let text = '';
  let index = 0;
  while (index < bytes.length) {
    let length = 1;
    let char: string | null = null;
    for (; length <= 3 && index + length <= bytes.length && char === null; length += 1) {
      char = tryDecode(decoder, bytes.subarray(index, index + length));
    }
    text += char ?? escaped(bytes[index] ?? 0);
    index += char === null ? 1 : length - 1;
  }
  return text;
}

function tryDecode(decoder: StrictDecoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
