import { readControlEscapes } from './control-escapes.ts';
import { doubleByteEncodings } from './double-byte-tables.ts';
import { readDoubleByte } from './double-byte.ts';
import { hasShift, readIso2022Jp } from './iso-2022-jp.ts';
import type { Reading } from './reading.ts';
import { readWide, wideForms } from './wide-characters.ts';

/** One way to read a record; its `read` may be asked again after the record was masked in part. */
export interface WayOfReading {
  kind: 'escapes' | 'encoding';
  /** Of those that exclude each other only the one that shows most is meant. */
  isExclusive?: true;
  read(record: Uint8Array): Reading | null;
}

const escapes: WayOfReading[] = (['escape', 'character'] as const).map((behindByte) => ({
  kind: 'escapes',
  read: (record) => readControlEscapes(record, behindByte),
}));
const shifted: WayOfReading = { kind: 'encoding', read: readIso2022Jp };
const doubled = (offset: 0 | 1): WayOfReading[] =>
  doubleByteEncodings.map((encoding) => ({
    kind: 'encoding',
    read: (record) => readDoubleByte(record, encoding, offset),
  }));
const doubledWhole = doubled(0);
const doubledCut = doubled(1);

/**
 * The ways in which the record may be read besides UTF-8 with the usual escapes; none for nearly all records. Wherever
 * one of them shows card data, it is card data: nobody knows better what an undeclared encoding is.
 */
export function readingsOf(record: Uint8Array, kind: WayOfReading['kind'] | 'any'): WayOfReading[] {
  const ways: WayOfReading[] = [];
  const seen = kindsOfBytes(record);
  if (kind !== 'escapes') {
    if ((seen & (nul | high)) !== 0) {
      for (const form of wideForms(record)) {
        ways.push({ kind: 'encoding', isExclusive: true, read: (text) => readWide(text, form) });
      }
    }
    if ((seen & escape) !== 0 && hasShift(record)) ways.push(shifted);
    if ((seen & high) !== 0 && !isUtf8(record)) {
      ways.push(...doubledWhole);
      if ((record[0] ?? 0) >= 0x80) ways.push(...doubledCut);
    }
  }
  if (kind !== 'encoding') ways.push(...escapes);
  return ways;
}

const nul = 1;
const escape = 2;
const high = 4;
const bytesOf = new Uint8Array(256).fill(high, 0x80);
bytesOf[0] = nul;
bytesOf[0x1b] = escape;

function kindsOfBytes(record: Uint8Array): number {
  let kinds = 0;
  for (let at = 0; at < record.length; at++) kinds |= bytesOf[record[at] ?? 0] ?? 0;
  return kinds;
}

/** Well-formed UTF-8 (RFC 3629) from `from` on. */
export function isUtf8(bytes: Uint8Array, from = 0): boolean {
  let at = from;
  while (at < bytes.length) {
    const lead = bytes[at++] ?? 0;
    if (lead < 0x80) continue;
    const more = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (more === 0 || !isContinued(bytes, at, { lead, more })) return false;
    at += more;
  }
  return true;
}

function isContinued(bytes: Uint8Array, at: number, { lead, more }: { lead: number; more: number }): boolean {
  const second = bytes[at] ?? 0;
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return false;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return false;
  for (let k = 0; k < more; k++) if (((bytes[at + k] ?? 0) & 0xc0) !== 0x80) return false;
  return true;
}
