import { type Decoder, type OnCharacter } from './decoder.ts';
import { eucJis2004Decoder, shiftJis2004Decoder } from './decode-jis-x-0213.ts';
import { big5Decoder } from './decode-big5.ts';
import { eucKrDecoder, johabDecoder } from './decode-korean.ts';
import { multiByteDecoder } from './decode-multi-byte.ts';
import { hzDecoder, iso2022Decoder, utf7Decoder } from './decode-shifted.ts';
import { singleByteDecoder, singleByteTable } from './decode-single-byte.ts';
import { utf16Decoder, utf32Decoder, utf8Decoder } from './decode-unicode.ts';
import { encodingLabel, encodingNames } from './encoding-names.ts';
import { keptBytes } from './kept-bytes.ts';

export interface TextEncoding {
  /** The WHATWG's label, or a like one of what it does not know. */
  readonly label: string;
  /** Bytes of its smallest character. */
  readonly unit: 1 | 2 | 4;
  readonly isBigEndian: boolean;
  /** The order of the bytes is told by a mark at the start of the text (`withMark`); without one it is little-endian. */
  readonly isMarked: boolean;
  /** Characters that end a line, each of `unit` bytes. */
  readonly lineEnds: readonly number[];
  readonly decoder: Decoder;
}

const lineFeed = 0x0a;
/** New line of EBCDIC, which z/OS ends lines with, and its line feed. */
const ebcdicLineEnds = [0x15, 0x25];

const shared: Readonly<Record<string, Decoder>> = {
  'utf-8': utf8Decoder,
  'utf-7': utf7Decoder,
  big5: big5Decoder,
  'euc-kr': eucKrDecoder,
  johab: johabDecoder,
  'hz-gb-2312': hzDecoder,
  'iso-2022-jp': iso2022Decoder('kana'),
  'iso-2022-kr': iso2022Decoder('ksc'),
  'euc-jis-2004': eucJis2004Decoder,
  'shift_jis-2004': shiftJis2004Decoder,
};
const multiByte = new Set(['shift_jis', 'euc-jp', 'gbk', 'gb18030']);

const byLabel = new Map<string, TextEncoding>();

/** The encoding that Python, the WHATWG or IANA calls so; undefined for a name that none of them knows. */
export function findEncoding(name: string): TextEncoding | undefined {
  const label = encodingLabel(name) ?? encodingLabel(webName(name) ?? '');
  return label === undefined ? undefined : encodingOf(label);
}

/** What the WHATWG calls an encoding that has many names. */
function webName(name: string): string | undefined {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

function encodingOf(label: string): TextEncoding {
  const known = byLabel.get(label) ?? createEncoding(label);
  byLabel.set(label, known);
  return known;
}

function createEncoding(label: string): TextEncoding {
  const plain = { label, unit: 1, isBigEndian: false, isMarked: false, lineEnds: [lineFeed] } as const;
  const wide = /^utf-(16|32)(le|be|)$/.exec(label);
  if (wide !== null) {
    const isBigEndian = wide[2] === 'be';
    const is16 = wide[1] === '16';
    const decoder = is16 ? utf16Decoder(isBigEndian) : utf32Decoder(isBigEndian);
    return { ...plain, unit: is16 ? 2 : 4, isBigEndian, isMarked: wide[2] === '', decoder };
  }
  const decoder = shared[label] ?? (multiByte.has(label) ? multiByteDecoder(label) : undefined);
  if (decoder !== undefined) return { ...plain, decoder };
  const table = singleByteTable(encodingNames.find((name) => encodingLabel(name) === label) ?? '') ?? '';
  const isEbcdic = table.charAt(0x25) === '\n';
  return { ...plain, lineEnds: isEbcdic ? ebcdicLineEnds : plain.lineEnds, decoder: singleByteDecoder(table) };
}

/** UTF-32's mark begins as that of UTF-16 does. */
const marks = [
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
] as const;

/**
 * The encoding of a text that begins with these bytes (four are enough): a byte order mark decides where the order is left to it,
 * and also where UTF-8 was said or nothing, because UTF-8 has no such bytes.
 */
export function withMark(encoding: TextEncoding, first: Uint8Array): TextEncoding {
  const mayBe = (label: string): boolean =>
    encoding.label === 'utf-8' || (encoding.isMarked && label.startsWith(encoding.label));
  const [label] = marks.find(([name, mark]) => mayBe(name) && mark.every((byte, at) => first[at] === byte)) ?? [];
  if (label !== undefined) return encodingOf(label);
  return encoding.isMarked ? encodingOf(`${encoding.label}le`) : encoding;
}

export interface DecodedText {
  text: string;
  /** Bytes that are no text in the encoding: each is kept as the character U+10FE00 + byte. */
  undecodable: number;
  /** What has to be known to go on behind the last byte, within the same line. */
  state: string;
}

/** Bytes as text. Nothing is dropped or replaced: a byte that is no text becomes U+10FE00 + byte. */
export function decodeText(bytes: Uint8Array, { decoder }: TextEncoding, state = ''): DecodedText {
  const whole = state === '' ? decoder.whole?.(bytes) : undefined;
  if (whole !== undefined) return { text: whole, undecodable: 0, state: '' };
  const decoded: DecodedText = { text: '', undecodable: 0, state: '' };
  const on: OnCharacter = (at, end, text) => {
    if (text === null) decoded.undecodable += end - at;
    decoded.text += text ?? keptBytes(bytes.subarray(at, end));
  };
  decoded.state = decoder.walk(bytes, state, on);
  return decoded;
}
