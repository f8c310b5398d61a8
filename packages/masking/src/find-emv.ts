import { escapeDigits } from './value-places.ts';
import { isIssued, longestPan, shortestPan } from './issuer-ranges.ts';

/*
 * Card data in hexadecimal: the data elements of EMV (Book 3 annex A) as tag, length and value, in any case of letters,
 * with or without separators between the bytes. 5A is the card number, 57 and 9F6B are track 2 equivalent data, 56 is
 * track 1, 9F1F and 9F20 are discretionary data of the tracks: of a track nothing may stay (PCI DSS 3.3.1.1).
 */

/** Hexadecimal digits in a row, with their places among the characters of a record. */
export interface HexRun {
  nibbles: Uint8Array;
  places: Uint32Array;
  length: number;
  /** Something stands between any two of its bytes. */
  isParted: boolean;
}

export interface HexFinding {
  rule: 'pan' | 'track';
  /** First and last nibble. */
  first: number;
  last: number;
}

export const shortestRun = 14;
const longestTrackValue = 0x4c;
/** Expiry and service code, which follow the separator of track 2. */
const fewestTrackDigits = 7;

/** What the run holds, each found once. */
export function findInHex(run: HexRun): HexFinding[] {
  const found: HexFinding[] = [];
  const { length } = run;
  for (let at = 0; at + 4 < length; at++) {
    const finding = trackAt(run, at) ?? elementAt(run, at) ?? asciiAt(run, at);
    if (finding === null) continue;
    found.push(finding);
    at = finding.last;
  }
  const whole = found.length === 0 ? wholeNumber(run) : null;
  if (whole !== null) found.push(whole);
  if (found.length > 0) found.push(...discretionary(run));
  return found;
}

function byteAt(run: HexRun, at: number): number {
  return at + 1 < run.length ? (run.nibbles[at] ?? 0) * 16 + (run.nibbles[at + 1] ?? 0) : -1;
}

/** Where the value behind a tag begins and ends, by its length in one or two bytes; null when it does not fit. */
function valueAfter(run: HexRun, at: number): { start: number; end: number } | null {
  const isLong = byteAt(run, at) === 0x81;
  const start = at + (isLong ? 4 : 2);
  const end = start + byteAt(run, start - 2) * 2;
  return end > start && end <= run.length ? { start, end } : null;
}

/** Track 2 as it is: what looks like a tag among its digits is none. */
function trackAt(run: HexRun, at: number): HexFinding | null {
  if (at > 0 && (run.nibbles[at - 1] ?? 15) < 10) return null;
  const digits = digitsFrom(run, at, run.length);
  if (run.nibbles[at + digits] !== 13 || !isCardNumber(run, { start: at, digits, step: 1 })) return null;
  const further = digitsFrom(run, at + digits + 1, run.length);
  return further < fewestTrackDigits ? null : { rule: 'track', first: at, last: at + digits + further };
}

function elementAt(run: HexRun, at: number): HexFinding | null {
  const tag = byteAt(run, at);
  if (tag === 0x5a) return numberElement(run, valueAfter(run, at + 2));
  if (tag === 0x57) return trackElement(run, valueAfter(run, at + 2));
  if (tag === 0x56) return trackOneElement(run, valueAfter(run, at + 2));
  if (tag === 0x9f && byteAt(run, at + 2) === 0x6b) return trackElement(run, valueAfter(run, at + 4));
  return null;
}

function digitsFrom(run: HexRun, start: number, end: number): number {
  let digits = 0;
  while (start + digits < end && (run.nibbles[start + digits] ?? 15) < 10) digits++;
  return digits;
}

/** Whether nothing but `F` stands there. */
function isFiller(run: HexRun, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (run.nibbles[at] !== 15) return false;
  return true;
}

type Value = { start: number; end: number } | null;

function numberElement(run: HexRun, value: Value): HexFinding | null {
  if (value === null) return null;
  const digits = digitsFrom(run, value.start, value.end);
  if (!isFiller(run, value.start + digits, value.end)) return null;
  return isCardNumber(run, { start: value.start, digits, step: 1 })
    ? { rule: 'pan', first: value.start, last: value.start + digits - 1 }
    : null;
}

function trackElement(run: HexRun, value: Value): HexFinding | null {
  if (value === null) return null;
  const digits = digitsFrom(run, value.start, value.end);
  const separator = value.start + digits;
  if (digits < 12 || digits > longestPan || separator >= value.end || run.nibbles[separator] !== 13) return null;
  const further = digitsFrom(run, separator + 1, value.end);
  if (further < 4 || !isFiller(run, separator + 1 + further, value.end)) return null;
  return { rule: 'track', first: value.start, last: value.end - 1 };
}

/** Track 1 in ASCII: its format code `B`, then digits. */
function trackOneElement(run: HexRun, value: Value): HexFinding | null {
  if (value === null || value.end - value.start > longestTrackValue * 2) return null;
  const at = byteAt(run, value.start) === 0x42 ? value.start + 2 : value.start;
  return asciiDigits(run, at) >= 12 ? { rule: 'track', first: value.start, last: value.end - 1 } : null;
}

function asciiDigits(run: HexRun, start: number): number {
  let digits = 0;
  for (let at = start; at + 1 < run.length; at += 2, digits++) {
    if (run.nibbles[at] !== 3 || (run.nibbles[at + 1] ?? 15) > 9) break;
  }
  return digits;
}

/** A card number whose ASCII digits were written in hexadecimal; what follows `=` or `D` is the rest of its track 2. */
function asciiAt(run: HexRun, at: number): HexFinding | null {
  if (run.nibbles[at] !== 3 || at + 25 >= run.length || run.nibbles[at + 24] !== 3) return null;
  if (at > 1 && run.nibbles[at - 2] === 3 && (run.nibbles[at - 1] ?? 15) < 10) return null;
  const digits = asciiDigits(run, at);
  if (!isCardNumber(run, { start: at + 1, digits, step: 2 })) return null;
  const separator = byteAt(run, at + digits * 2);
  const further = separator === 0x3d || separator === 0x44 ? asciiDigits(run, at + digits * 2 + 2) : 0;
  if (further < 7) return { rule: 'pan', first: at, last: at + digits * 2 - 1 };
  return { rule: 'track', first: at, last: at + (digits + 1 + further) * 2 - 1 };
}

/** `45:56:73:45:00:08:59:43`: packed digits by themselves, byte by byte. */
function wholeNumber(run: HexRun): HexFinding | null {
  if (!run.isParted || run.length > longestPan + 1) return null;
  return numberElement(run, { start: 0, end: run.length });
}

/** Discretionary data of the tracks, beside other data of a card. */
function discretionary(run: HexRun): HexFinding[] {
  const found: HexFinding[] = [];
  for (let at = 0; at + 6 < run.length; at++) {
    if (byteAt(run, at) !== 0x9f) continue;
    const tag = byteAt(run, at + 2);
    if (tag !== 0x1f && tag !== 0x20) continue;
    const value = valueAfter(run, at + 4);
    if (value === null || value.end - value.start > longestTrackValue * 2) continue;
    found.push({ rule: 'track', first: value.start, last: value.end - 1 });
    at = value.end - 1;
  }
  return found;
}

function isCardNumber(run: HexRun, number: { start: number; digits: number; step: number }): boolean {
  const { start, digits, step } = number;
  if (digits < shortestPan || digits > longestPan) return false;
  let prefix = 0;
  let sum = 0;
  for (let k = 0; k < digits; k++) {
    const digit = run.nibbles[start + k * step] ?? 0;
    if (k < 4) prefix = prefix * 10 + digit;
    const doubled = (digits - k) % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && isIssued(prefix, digits);
}

const notHex = 16;
const hexValues = new Uint8Array(1 << 16).fill(notHex);
for (let k = 0; k < 16; k++) {
  hexValues[k.toString(16).charCodeAt(0)] = hexValues[k.toString(16).toUpperCase().charCodeAt(0)] = k;
}

const between = new Uint8Array(1 << 16);
for (const character of ' \t:-,;|') between[character.charCodeAt(0)] = 1;
const mostBetween = 3;

/** Walks over the runs of hexadecimal digits in a record. */
export class HexRuns {
  private nibbles = 0;
  private readonly run: HexRun = {
    nibbles: new Uint8Array(64),
    places: new Uint32Array(64),
    length: 0,
    isParted: false,
  };

  /** The next run from `from` on that may hold something, and where to go on; null: none. */
  next(codes: Uint16Array, from: number, length: number): { run: HexRun; end: number } | null {
    let at = from;
    while (at < length) {
      if (hexValues[codes[at] ?? 0] === notHex) {
        at++;
        continue;
      }
      at += escapeDigits(codes, at);
      const end = this.measure(codes, at, length);
      if (this.nibbles >= shortestRun) return { run: this.collected(codes, at, end), end };
      at = Math.max(end, at + 1);
    }
    return null;
  }

  /** Where the run at `from` ends; how many nibbles it has is kept. */
  private measure(codes: Uint16Array, from: number, length: number): number {
    let at = from;
    this.nibbles = 0;
    for (;;) {
      const start = at;
      while (at < length && hexValues[codes[at] ?? 0] !== notHex) at++;
      this.nibbles += at - start;
      if ((at - start) % 2 === 1) return at;
      let next = at;
      while (next < length && next - at < mostBetween && between[codes[next] ?? 0] === 1) next++;
      if (next === at || next >= length || hexValues[codes[next] ?? 0] === notHex) return at;
      at = next;
    }
  }

  private collected(codes: Uint16Array, from: number, end: number): HexRun {
    const { run } = this;
    run.length = 0;
    run.isParted = true;
    let start = 0;
    for (let at = from; at < end; at++) {
      const nibble = hexValues[codes[at] ?? 0] ?? notHex;
      if (nibble !== notHex) this.add(nibble, at);
      else {
        if (run.length > start && run.length - start !== 2) run.isParted = false;
        start = run.length;
      }
    }
    if (run.length - start !== 2) run.isParted = false;
    return run;
  }

  private add(nibble: number, place: number): void {
    const { run } = this;
    if (run.length === run.nibbles.length) {
      const nibbles = new Uint8Array(run.length * 2);
      const places = new Uint32Array(run.length * 2);
      nibbles.set(run.nibbles);
      places.set(run.places);
      run.nibbles = nibbles;
      run.places = places;
    }
    run.nibbles[run.length] = nibble;
    run.places[run.length++] = place;
  }
}
