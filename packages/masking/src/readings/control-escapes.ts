import { type Reading, ReadingBuilder } from './reading.ts';

/*
 * Bytes that daemons, viewers and mail wrote as ASCII: `#011` and `#033` (rsyslog), `\011`, `\e[` and `\x83` (C, shells,
 * Python), `^I` and `M-c` (cat -v, vis), `=3D` (quoted-printable, RFC 2045 section 6.7), `%83`, the private-use characters in which the agent
 * keeps bytes that are no text, and U+0080-U+00FF where somebody took bytes for Latin-1. Each may also be just what it
 * says, so this is a reading beside the plain one.
 */

const wrappedBytes = 0x10fe00;

/** What is written at a place: its byte (-1: nothing, as a line that goes on), and the place behind it. */
interface Written {
  value: number;
  end: number;
}

const written: Written = { value: 0, end: 0 };

function is(value: number, end: number): boolean {
  written.value = value;
  written.end = end;
  return true;
}

interface Traits {
  /** Something in the record can only be quoted-printable. */
  isQuotedPrintable: boolean;
  /** U+0080-U+009F stand in the record, or their escapes: bytes were taken for Latin-1. */
  isLatin: boolean;
  hasMeta: boolean;
  /** The byte that an escape in front stands for, and how many backslashes the last escape in front had. */
  previous: number;
  run: number;
  /** How a backslash and octal digits behind the escape of a byte from 0x80 on are read. */
  behindByte: BehindByte;
}

/**
 * `\225\0123`: an escape, or the second byte of the character that the escape in front begins (`表`, `ソ`), and a number.
 * Only who wrote it knows.
 */
export type BehindByte = 'escape' | 'character';

/** The record with such bytes in place, or null where none is written. */
export function readControlEscapes(record: Uint8Array, behindByte: BehindByte): Reading | null {
  if (behindByte === 'character' && !mayEndCharacter(record)) return null;
  if (!hasEscape(record)) return null;
  const traits = traitsOf(record, behindByte);
  const builder = new ReadingBuilder(record.length);
  let isChanged = false;
  let previous = 0;
  let isAfterEscape = false;
  let at = 0;
  while (at < record.length) {
    traits.previous = isAfterEscape ? previous : 0;
    const isRead = opens[record[at] ?? 0] === 1 && readAt(record, at, traits);
    const isEscape = isRead && (previous !== 0x1b || written.end > at);
    isChanged ||= isEscape;
    const end = isEscape ? written.end : at;
    if (isEscape && written.value >= 0) builder.byte(written.value, at, end);
    // An escape that was only left out in front of this byte.
    if (end === at) builder.byte(record[at] ?? 0, at, at + 1);
    previous = isEscape ? written.value : (record[at] ?? 0);
    isAfterEscape = isEscape;
    at = end === at ? at + 1 : end;
  }
  return isChanged ? builder.build(starsOnly) : null;
}

const nothing = new Uint8Array(0);

/** No quotes are put in: a character that is an escape here may be one of a string's own, and quotes not what they seem. */
function starsOnly(ascii: Uint8Array): Uint8Array {
  return ascii[0] === 0x2a ? ascii : nothing;
}

function hasEscape(record: Uint8Array): boolean {
  for (let at = 0; at < record.length; at++) {
    if (opens[record[at] ?? 0] === 1 && mayBeControlEscape(record, at)) return true;
  }
  return false;
}

/** Whether what stands at `at` may be such an escape, or the first of the record that tells that others are. */
export function mayBeControlEscape(record: Uint8Array, at: number): boolean {
  const byte = record[at] ?? 0;
  if (byte === 0xc2) return (record[at + 1] ?? 0) < 0xa0;
  if (byte === 0xc3) return false;
  if (byte === 0x3d) return mayBeQuoted(record, at);
  if (byte === 0x5b && at > 2 && record[at - 1] === 0x43) return record[at - 2] === 0x53 && record[at - 3] === 0x45;
  if (!readAt(record, at, allTraits)) return false;
  return byte !== 0x5c || written.value < 0xa0 || record[written.end - 4] !== 0x30 || record[written.end - 5] !== 0x75;
}

/** Whether a backslash and digits stand behind something that may be a byte in backslash notation. */
function mayEndCharacter(record: Uint8Array): boolean {
  for (let at = record.indexOf(0x5c); at >= 0; at = record.indexOf(0x5c, at + 1)) {
    if (isNumeral(record[at + 1]) && hexDigit(record[at - 1]) >= 0 && record.lastIndexOf(0x5c, at - 1) >= at - 4)
      return true;
  }
  return false;
}

const noTraits: Traits = {
  isQuotedPrintable: false,
  isLatin: false,
  hasMeta: false,
  previous: 0,
  run: 0,
  behindByte: 'escape',
};
const allTraits: Traits = { ...noTraits, isQuotedPrintable: true, isLatin: true, hasMeta: true };

const opens = new Uint8Array(256);
for (const character of '#\\^%=[EM') opens[character.charCodeAt(0)] = 1;
opens[0xc2] = opens[0xc3] = opens[0xf4] = 1;

/** With a digit in what tells it, as the glance looks where digits are. */
const quotedPrintable =
  /=3[Dd]|=0[AD]|=(?:[89A-F]\d|[89][A-F])=[89A-F][\dA-F]|=[89A-F][\dA-F]=(?:[89A-F]\d|[89][A-F])|=[2-7][\dA-F]=[2-7][\dA-F]/;

function traitsOf(record: Uint8Array, behindByte: BehindByte): Traits {
  const text = byteText(record);
  return {
    isQuotedPrintable: quotedPrintable.test(text),
    isLatin: /\xc2[\x80-\x9f]|\\u00[89]/.test(text),
    hasMeta: text.includes('M-^'),
    previous: 0,
    run: 0,
    behindByte,
  };
}

/** A character for each byte. */
function byteText(record: Uint8Array): string {
  let text = '';
  for (let at = 0; at < record.length; at += 8192) text += String.fromCharCode(...record.subarray(at, at + 8192));
  return text;
}

function readAt(record: Uint8Array, at: number, traits: Traits): boolean {
  switch (record[at] ?? 0) {
    case 0x23:
      return isOctal(record, at + 1) && (written.value < 0x80 || isAmongOctals(record, at));
    case 0x5c:
      return readBackslash(record, at, traits);
    case 0x5e:
      return readCaret(record, at, 0);
    case 0x25:
      return isHexByte(record, at + 1) && (written.value >= 0x80 || isControl(written.value));
    case 0x3d:
      return readQuoted(record, at, traits);
    case 0x5b:
      return isColourWithoutEscape(record, at) && is(0x1b, at);
    case 0x45:
      // `ESC[32m`, as documentation and some viewers write it.
      return record[at + 1] === 0x53 && record[at + 2] === 0x43 && record[at + 3] === 0x5b && is(0x1b, at + 3);
    case 0x4d:
      return traits.hasMeta && readMeta(record, at);
    case 0xf4:
      return readWrapped(record, at);
    default:
      return traits.isLatin && readLatin(record, at);
  }
}

/** Three octal digits of a control character or of a byte that is no ASCII. */
function isOctal(record: Uint8Array, at: number): boolean {
  let value = 0;
  for (let k = 0; k < 3; k++) {
    const digit = (record[at + k] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) return false;
    value = value * 8 + digit;
  }
  return value < 256 && (value >= 0x7f || isControl(value)) && is(value, at + 3);
}

/** `#203J#201[`: with a byte that is no ASCII stands another one, or the second of its character; `#2045` is a number. */
function isAmongOctals(record: Uint8Array, at: number): boolean {
  const next = record[at + 4] ?? 0;
  return (next >= 0x40 && next < 0x7f) || [-5, -4, 4, 5].some((step) => isHighOctal(record, at + step));
}

function isHighOctal(record: Uint8Array, at: number): boolean {
  const first = record[at + 1] ?? 0;
  const second = record[at + 2] ?? 0;
  const third = record[at + 3] ?? 0;
  const isHigh = record[at] === 0x23 && (first === 0x32 || first === 0x33);
  return isHigh && (second & 0xf8) === 0x30 && (third & 0xf8) === 0x30;
}

function isControl(value: number): boolean {
  return value < 0x20;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function isHexByte(record: Uint8Array, at: number): boolean {
  const high = hexDigit(record[at]);
  const low = hexDigit(record[at + 1]);
  return high >= 0 && low >= 0 && is(high * 16 + low, at + 2);
}

/** Text in a string in a string: each level doubles them. */
const mostBackslashes = 16;

function readBackslash(record: Uint8Array, at: number, traits: Traits): boolean {
  let next = at + 1;
  while (record[next] === 0x5c && next - at < mostBackslashes) next++;
  const code = record[next] ?? 0;
  const run = next - at;
  const isTrail = traits.previous >= 0x81;
  // A backslash may be the second byte of a character, in front of the escape of the next one.
  if (isTrail && traits.run > 0 && run > traits.run) return is(0x5c, at + run - traits.run);
  if (isTrail && run === traits.run && traits.behindByte === 'character' && isNumeral(code)) return is(0x5c, next);
  if (code === 0x65 || code === 0x45) return mayFollowEscape(record[next + 1]) && is(0x1b, next + 1);
  if (code === 0x78 || code === 0x58) {
    if (!isHexByte(record, next + 1) || written.value < 0x80) return false;
    traits.run = run;
    return true;
  }
  if (code === 0x75) {
    const isByte = record[next + 1] === 0x30 && record[next + 2] === 0x30 && isHexByte(record, next + 3);
    return isByte && written.value >= 0x80 && traits.isLatin;
  }
  if (!isOctal(record, next) || (isTrail && traits.run === 0)) return false;
  if (written.value >= 0x80) traits.run = run;
  return true;
}

function mayFollowEscape(byte: number | undefined): boolean {
  return byte === 0x5b || byte === 0x5d || byte === 0x28;
}

function readCaret(record: Uint8Array, at: number, meta: number): boolean {
  const code = record[at + 1] ?? 0;
  // `^\\` begins an escape of JSON more often than it is a file separator.
  return ((code >= 0x40 && code <= 0x5f && code !== 0x5c) || code === 0x3f) && is((code ^ 0x40) | meta, at + 2);
}

function readMeta(record: Uint8Array, at: number): boolean {
  if (record[at + 1] !== 0x2d) return false;
  const code = record[at + 2] ?? 0;
  if (code === 0x5e) return readCaret(record, at + 2, 0x80);
  return code >= 0x20 && code < 0x7f && is(code | 0x80, at + 3);
}

function isNumeral(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function readQuoted(record: Uint8Array, at: number, traits: Traits): boolean {
  const next = record[at + 1];
  if (next === 0x0a || (next === 0x0d && record[at + 2] === 0x0a)) {
    return isNumeral(record[at - 1]) && is(-1, at + (next === 0x0a ? 2 : 3));
  }
  if (!isHexByte(record, at + 1) || !isUpperHex(next) || !isUpperHex(record[at + 2], written.value)) return false;
  const { value } = written;
  const isNumber = isNumeral(next) && isNumeral(record[at + 2]);
  if (value >= 0x80 && !traits.isQuotedPrintable) return false;
  // Between two numbers it parts those of track 2.
  if (isNumber && isNumeral(record[at - 1]) && record[at - 3] !== 0x3d && isNumeral(record[at + 3])) return false;
  // `id=2041…` may well be a number; where nothing else in the record is quoted-printable, it must look like a card.
  if (isNumber && !traits.isQuotedPrintable && !(isBlank(value) && isCardLike(record, at + 3))) return false;
  return is(value, at + 3);
}

/** RFC 2045 asks for upper case; `=3d` is written all the same. */
function isUpperHex(byte: number | undefined, value = 0): boolean {
  return byte !== undefined && (byte < 0x61 || value === 0x3d);
}

function isBlank(value: number): boolean {
  return value === 0x20 || value === 0x09;
}

/** 13 to 19 digits or stars, the first from 3 to 6: not what goes on with a year's last digits. */
function isCardLike(record: Uint8Array, at: number): boolean {
  let end = at;
  while (isNumeral(record[end]) || (record[end] === 0x2a && end > at)) end++;
  const first = (record[at] ?? 0) - 0x30;
  return first >= 3 && first <= 6 && end - at >= 13 && end - at <= 19;
}

/** `[32m`, `[0K`: a sequence whose escape character was taken out on the way, and a number or name right behind it. */
function isColourWithoutEscape(record: Uint8Array, at: number): boolean {
  let next = at + 1;
  while (next - at <= 20 && (isNumeral(record[next]) || record[next] === 0x3b)) next++;
  const final = record[next] ?? 0;
  if (final !== 0x6d && final !== 0x4b && final !== 0x4a && final !== 0x48 && final !== 0x47) return false;
  const behind = record[next + 1] ?? 0;
  const isLetterBehind = isEscaped(behind) || ((behind | 0x20) >= 0x61 && (behind | 0x20) <= 0x7a);
  return (isNumeral(behind) || (isLetterBehind && next > at + 1)) && (at === 0 || record[at - 1] !== 0x1b);
}

/** A letter or digit of another script, or the first character of an escape that may stand for one. */
function isEscaped(byte: number): boolean {
  return byte >= 0x80 || byte === 0x25 || byte === 0x5c || byte === 0x23 || byte === 0x3d || byte === 0x26;
}

function readWrapped(record: Uint8Array, at: number): boolean {
  if (record[at + 1] !== 0x8f) return false;
  const third = record[at + 2] ?? 0;
  const fourth = record[at + 3] ?? 0;
  if ((third & 0xc0) !== 0x80 || (fourth & 0xc0) !== 0x80) return false;
  const point = 0x10f000 | ((third & 0x3f) << 6) | (fourth & 0x3f);
  return point >= wrappedBytes && point < wrappedBytes + 256 && is(point - wrappedBytes, at + 4);
}

function readLatin(record: Uint8Array, at: number): boolean {
  const next = record[at + 1] ?? 0;
  return (next & 0xc0) === 0x80 && is((((record[at] ?? 0) & 3) << 6) | (next & 0x3f), at + 2);
}

/** Whether `=` at `at` may begin quoted-printable, whatever else the record holds besides numbers in decimal. */
export function mayBeQuoted(record: Uint8Array, at: number): boolean {
  const isNumber = isNumeral(record[at + 1]) && isNumeral(record[at + 2]);
  if (isNumber && record[at + 3] === 0x3d) return true;
  return readQuoted(record, at, isNumber ? noTraits : allTraits);
}
