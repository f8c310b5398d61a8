import { shortestPan } from '../issuer-ranges.ts';
import { type Reading, ReadingBuilder } from './reading.ts';

/*
 * UTF-16 and UTF-32, with or without a byte order mark. A record that is cut at its line feeds may begin in the middle of
 * a character, and text in UTF-16 may follow a header in ASCII; so each order and each place to begin is a reading.
 */

export interface WideForm {
  unit: 2 | 4;
  isLittle: boolean;
  offset: number;
}

function formsOf(unit: 2 | 4): WideForm[] {
  return Array.from({ length: unit }, (_, offset) => offset).flatMap((offset) =>
    [true, false].map((isLittle) => ({ unit, isLittle, offset })),
  );
}

const forms16 = formsOf(2);
const forms32 = formsOf(4);

/**
 * The forms that may make text of the record: none without a NUL, a byte order mark, or as many bytes FF as full-width
 * digits make of a number; those of UTF-32 only where NULs stand in pairs.
 */
export function wideForms(record: Uint8Array): readonly WideForm[] {
  if (!record.includes(0) && !hasMark(record) && !hasFullWidth(record)) return [];
  return hasPairsOfNuls(record) ? [...forms32, ...forms16] : forms16;
}

function hasMark(record: Uint8Array): boolean {
  const [first, second] = record;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function hasFullWidth(record: Uint8Array): boolean {
  let count = 0;
  for (let at = record.indexOf(0xff); at >= 0 && count < shortestPan; at = record.indexOf(0xff, at + 1)) count++;
  return count >= shortestPan;
}

function hasPairsOfNuls(record: Uint8Array): boolean {
  let pairs = 0;
  for (let at = record.indexOf(0); at >= 0 && pairs < fewestPairs; at = record.indexOf(0, at + 1)) {
    if (record[at + 1] === 0) pairs++;
  }
  return pairs >= fewestPairs;
}

const fewestPairs = 3;

export function readWide(record: Uint8Array, form: WideForm): Reading {
  const { unit, isLittle, offset } = form;
  const builder = new ReadingBuilder(Math.ceil(record.length / unit) + 4);
  if (offset > 0) builder.unknown(0, offset);
  let at = offset;
  for (; at + unit <= record.length; at += unit) {
    const point = valueAt(record, at, form);
    const low = unit === 2 && isHighSurrogate(point) && at + 4 <= record.length ? valueAt(record, at + 2, form) : 0;
    if (low >= 0xdc00 && low <= 0xdfff) {
      builder.character(0x10000 + ((point - 0xd800) << 10) + low - 0xdc00, at, at + 4);
      at += 2;
    } else if (point > 0x10ffff) builder.unknown(at, at + unit);
    else builder.character(point, at, at + unit);
  }
  if (at < record.length) builder.unknown(at, record.length);
  return builder.build((ascii) => widened(ascii, unit, isLittle));
}

function isHighSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdbff;
}

function valueAt(record: Uint8Array, at: number, form: WideForm): number {
  let value = 0;
  for (let k = 0; k < form.unit; k++) {
    value = value * 256 + (record[form.isLittle ? at + form.unit - 1 - k : at + k] ?? 0);
  }
  return value;
}

function widened(ascii: Uint8Array, unit: number, isLittle: boolean): Uint8Array {
  const wide = new Uint8Array(ascii.length * unit);
  for (const [k, byte] of ascii.entries()) wide[k * unit + (isLittle ? 0 : unit - 1)] = byte;
  return wide;
}
