import { doubleByteTable } from './double-byte-tables.ts';
import { type Reading, ReadingBuilder } from './reading.ts';

/*
 * ISO-2022-JP (RFC 1468) and its relatives: escape sequences say whether one or two bytes are a character, and of two
 * bytes each looks like an ASCII character.
 */

const escape = 0x1b;
const fullWidthStar = [0x21, 0x76] as const;

/** Character sets of two bytes after `ESC $`: JIS C 6226, JIS X 0208, GB 2312; `ESC $ (` with JIS X 0208, JIS X 0212, KS X 1001. */
const shortDoubles = new Set([0x40, 0x41, 0x42]);
const longDoubles = new Set([0x40, 0x41, 0x42, 0x43, 0x44]);

export function hasShift(record: Uint8Array): boolean {
  for (let at = record.indexOf(escape); at >= 0; at = record.indexOf(escape, at + 1)) {
    if (doubleShift(record, at) > 0) return true;
  }
  return false;
}

/** The length of the sequence at `at` that makes two bytes a character, or 0. */
function doubleShift(record: Uint8Array, at: number): number {
  if (record[at + 1] !== 0x24) return 0;
  const second = record[at + 2] ?? 0;
  if (shortDoubles.has(second)) return 3;
  return second === 0x28 && longDoubles.has(record[at + 3] ?? 0) ? 4 : 0;
}

function isSingleShift(record: Uint8Array, at: number): boolean {
  const final = record[at + 2] ?? 0;
  return record[at + 1] === 0x28 && (final === 0x42 || final === 0x4a || final === 0x49 || final === 0x48);
}

export function readIso2022Jp(record: Uint8Array): Reading {
  const table = doubleByteTable('euc-jp');
  const builder = new ReadingBuilder(record.length);
  /** Where a stretch of two bytes to a character begins and ends, in turns. */
  const turns: number[] = [];
  let isDouble = false;
  let at = 0;
  while (at < record.length) {
    const byte = record[at] ?? 0;
    const next = record[at + 1] ?? 0;
    const shift = byte === escape ? doubleShift(record, at) : 0;
    if (shift > 0 || (byte === escape && isSingleShift(record, at))) {
      if (isDouble !== shift > 0) turns.push(at);
      isDouble = shift > 0;
      at += isDouble ? shift : 3;
    } else if (isDouble && byte > 0x20 && byte < 0x7f && next > 0x20 && next < 0x7f) {
      const character = table[(byte | 0x80) * 256 + (next | 0x80)] ?? 0;
      builder.character(character === 0 ? 0xfffd : character, at, at + 2);
      at += 2;
    } else {
      // A line end takes the sequence back (RFC 1468).
      if (isDouble && (byte === 0x0a || byte === 0x0d)) {
        turns.push(at);
        isDouble = false;
      }
      if (byte < 0x80) builder.byte(byte, at, at + 1);
      else builder.unknown(at, at + 1);
      at++;
    }
  }
  return builder.build((ascii, place) => (isDoubleAt(turns, place) ? doubled(ascii) : ascii));
}

function isDoubleAt(turns: readonly number[], place: number): boolean {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

/** Full-width stars; quotes are not written among characters of two bytes, which no JSON number is made of. */
function doubled(ascii: Uint8Array): Uint8Array {
  return Uint8Array.from([...ascii].flatMap((byte) => (byte === 0x2a ? fullWidthStar : [])));
}
