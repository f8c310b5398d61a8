import { ControlSequence } from './control-sequence.ts';
import { type Codes, isDigit, isLetter } from './digit-groups.ts';

/**
 * A record as the characters a reader would see: URL, JSON, C and HTML escapes resolved, full-width and other decimal
 * digits, spaces and dashes folded to ASCII, characters of no width left out. Every character knows the bytes it came
 * from. Bytes that are no UTF-8 become U+FFFD one by one.
 */
export interface DecodedRecord {
  codes: Uint16Array;
  /** Where the bytes of character k begin, and the first byte behind them. */
  from: Uint32Array;
  to: Uint32Array;
  length: number;
  /** In front of which characters one or more of no width were left out, in order. */
  joints: number[];
}

export function createDecodedRecord(capacity: number): DecodedRecord {
  return {
    codes: new Uint16Array(capacity + reserve),
    from: new Uint32Array(capacity),
    to: new Uint32Array(capacity),
    length: 0,
    joints: [],
  };
}

const reserve = 8;
const unknown = 0xfffd;
const ignored = -1;

/** Where the decimal digits of a script begin (Unicode general category Nd). */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
  0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1fbf0,
];

/** Folds a code point to the character that stands for it, or to nothing. */
function fold(point: number): number {
  if (point < 0x80 || (point >= 0x3001 && point < 0xa620)) return point;
  if (point >= 0xff01 && point <= 0xff5e) return point - 0xfee0;
  if (point === 0xa0 || (point >= 0x2000 && point <= 0x200a) || point === 0x202f || point === 0x205f) return 0x20;
  if (point === 0x3000 || point === 0x1680) return 0x20;
  if ((point >= 0x2010 && point <= 0x2015) || point === 0x2212 || point === 0xfe58 || point === 0xfe63) return 0x2d;
  if (point === 0xad || (point >= 0x200b && point <= 0x200f) || (point >= 0x202a && point <= 0x202e)) return ignored;
  if ((point >= 0x2060 && point <= 0x2064) || point === 0xfeff || (point >= 0xfe00 && point <= 0xfe0f)) return ignored;
  if (point >= 0x660 && (point < 0x1c60 || point >= 0xa620)) {
    for (const zero of zeros) if (point >= zero && point <= zero + 9) return 0x30 + point - zero;
  }
  return point > 0xffff || (point >= 0xd800 && point <= 0xdfff) ? unknown : point;
}

function hexValue(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function hex(bytes: Codes, at: number, digits: number): number {
  let value = 0;
  for (let k = 0; k < digits; k++) {
    const nibble = hexValue(bytes[at + k]);
    if (nibble < 0) return -1;
    value = value * 16 + nibble;
  }
  return value;
}

/** How many bytes the last read took (0: nothing to decode there). */
let readLength = 0;

function utf8Length(lead: number): number {
  if (lead >= 0xe0) return lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  return lead >= 0xc2 ? 2 : 0;
}

function readUtf8(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const count = utf8Length(lead);
  readLength = 0;
  if (count === 0 || at + count > bytes.length) return unknown;
  let point = lead & (0xff >> (count + 1));
  for (let k = 1; k < count; k++) {
    const byte = bytes[at + k] ?? 0;
    if ((byte & 0xc0) !== 0x80) return unknown;
    point = point * 64 + (byte & 0x3f);
  }
  readLength = count;
  return point;
}

/** UTF-8 in URL escapes: `%EF%BC%94`. */
function readEscapedUtf8(bytes: Uint8Array, at: number, lead: number): number {
  const count = utf8Length(lead);
  readLength = 0;
  if (count === 0) return unknown;
  let point = lead & (0xff >> (count + 1));
  for (let k = 1; k < count; k++) {
    const byte = bytes[at + 3 * k] === 0x25 ? hex(bytes, at + 3 * k + 1, 2) : -1;
    if (byte < 0x80 || byte > 0xbf) return unknown;
    point = point * 64 + (byte & 0x3f);
  }
  readLength = count * 3;
  return point;
}

/** Letters stay as written: `%4111…` is far more likely a stray percent sign than an encoded `A`. */
function isDecodedAscii(value: number): boolean {
  if (value < 0x20) return value === 9 || value === 10 || value === 13;
  return value < 0x7f && !((value >= 0x41 && value <= 0x5a) || (value >= 0x61 && value <= 0x7a));
}

function readPercent(bytes: Uint8Array, at: number): number {
  readLength = 0;
  const value = hex(bytes, at + 1, 2);
  if (value === 0x25) {
    const twice = hex(bytes, at + 3, 2);
    if (twice >= 0 && isDecodedAscii(twice)) {
      readLength = 5;
      return twice;
    }
  }
  if (value >= 0x80) return readEscapedUtf8(bytes, at, value);
  if (value >= 0 && isDecodedAscii(value)) readLength = 3;
  return value;
}

const controlEscapes = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
  [0x76, 11],
]);

/** A run of backslashes with what it escapes is one character, also when JSON stands in JSON several times over. */
function readBackslash(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (bytes[next] === 0x5c) next++;
  const code = bytes[next] ?? 0;
  readLength = next - at;
  if (code === 0x75 || code === 0x78) {
    const digits = code === 0x75 ? 4 : 2;
    const value = hex(bytes, next + 1, digits);
    if (value < 0) return 0x5c;
    readLength += 1 + digits;
    return value;
  }
  const control = controlEscapes.get(code);
  if (control === undefined && code !== 0x22 && code !== 0x27 && code !== 0x2f) return 0x5c;
  readLength += 1;
  return control ?? code;
}

const entities = new Map<string, number>([
  ['nbsp', 0x20],
  ['ensp', 0x20],
  ['emsp', 0x20],
  ['thinsp', 0x20],
  ['quot', 0x22],
  ['apos', 0x27],
  ['amp', 0x26],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['shy', 0xad],
  ['zwnj', 0x200c],
  ['zwj', 0x200d],
  ['hyphen', 0x2d],
  ['dash', 0x2d],
  ['equals', 0x3d],
]);

const longestEntity = 10;

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}

function readEntity(bytes: Uint8Array, at: number): number {
  readLength = 0;
  let next = at + 1;
  const isNumeric = bytes[next] === 0x23;
  if (isNumeric) next++;
  while (next < at + longestEntity && isAlphanumeric(bytes[next] ?? 0)) next++;
  if (next >= at + longestEntity || bytes[next] !== 0x3b) return unknown;
  const value = isNumeric ? entityNumber(bytes, at + 2, next) : (entities.get(textOf(bytes, at + 1, next)) ?? -1);
  if (value < 0 || value > 0x10ffff) return unknown;
  readLength = next + 1 - at;
  return value;
}

function entityNumber(bytes: Uint8Array, from: number, end: number): number {
  const isHex = ((bytes[from] ?? 0) | 0x20) === 0x78;
  const start = isHex ? from + 1 : from;
  if (start === end) return -1;
  if (isHex) return hex(bytes, start, end - start);
  let value = 0;
  for (let at = start; at < end; at++) {
    if (!isDigit(bytes[at])) return -1;
    value = value * 10 + (bytes[at] ?? 0) - 0x30;
  }
  return value;
}

function textOf(bytes: Uint8Array, from: number, end: number): string {
  let text = '';
  for (let at = from; at < end; at++) text += String.fromCharCode((bytes[at] ?? 0) | 0x20);
  return text;
}

/** Where `readCode` goes on, after it answered. */
export const readEnd = { at: 0 };
export const ignoredCode = ignored;

/** The character that an escape or a UTF-8 sequence at `at` stands for, folded; `ignoredCode` for one of no width. */
export function readCode(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  let point = byte;
  readLength = 0;
  if (byte === 0x5c) point = readBackslash(bytes, at);
  else if (byte === 0x25) point = readPercent(bytes, at);
  else if (byte === 0x26) point = readEntity(bytes, at);
  else if (byte >= 0x80) point = readUtf8(bytes, at);
  if (readLength === 0) {
    readEnd.at = at + 1;
    return byte < 0x80 ? byte : unknown;
  }
  readEnd.at = at + readLength;
  return fold(point);
}

/** Whether ECMA-48 control sequences begin with the character: ESC, its picture, and the one-character CSI. */
export function opensSequence(code: number): boolean {
  return code === 0x1b || code === 0x9b || code === 0x241b;
}

/** Decodes the whole record; linear, and never more characters than bytes. */
export function decodeRecord(bytes: Uint8Array, into: DecodedRecord): void {
  const { codes, from, to } = into;
  const end = bytes.length;
  const sequence = new ControlSequence();
  let length = 0;
  let hidden = -1;
  let between = unknown;
  let at = 0;
  into.joints = [];
  while (at < end) {
    const byte = bytes[at] ?? 0;
    let code = byte;
    let next = at + 1;
    if (byte >= 0x80 || byte === 0x25 || byte === 0x5c || byte === 0x26) {
      code = readCode(bytes, at);
      next = readEnd.at;
    }
    if (code === ignored) {
      if (hidden < 0) hidden = at;
      between = unknown;
    } else {
      // Between a digit and a letter a character of no width still keeps number and word apart.
      if (hidden >= 0) {
        const previous = length > 0 ? (codes[length - 1] ?? 0) : 0;
        if ((isDigit(previous) && isLetter(code)) || (isLetter(previous) && isDigit(code))) {
          codes[length] = between;
          from[length] = hidden;
          to[length] = at;
          length++;
        } else into.joints.push(length);
        hidden = -1;
      }
      codes[length] = code;
      from[length] = at;
      to[length] = next;
      length++;
      if (sequence.isOpen || opensSequence(code)) {
        sequence.take(code, length - 1);
        if (sequence.isComplete) {
          length = sequence.start;
          while ((into.joints.at(-1) ?? -1) >= length) into.joints.pop();
          hidden = from[length] ?? at;
          between = 0x20;
        } else if (sequence.isShort) {
          // `ESC 7` saves the cursor, or a digit of a number stands behind ESC: it is read either way.
          hidden = next;
          between = unknown;
        }
      }
    }
    at = next;
  }
  into.length = length;
  // A look past the end must not see what an earlier record left there.
  codes.fill(0, length, length + reserve);
}
