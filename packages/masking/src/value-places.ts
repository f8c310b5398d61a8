import { type Codes, type DigitGroups, isDigit } from './digit-groups.ts';
import { isIssued, longestPan, shortestPan } from './issuer-ranges.ts';
import { gapKind, isExplicit, type KeyReader } from './key-before.ts';
import { keyKind } from './key-kinds.ts';
import { kindBits } from './name-trie.ts';

const longestIndex = 3;
const longestGap = 24;
const longestValue = 64;

const isBlank = (code: number | undefined): boolean => code === 0x20 || code === 0x09;
const isMark = (code: number | undefined): boolean => code === 0x3d || code === 0x3a || code === 0x3e;
const isQuote = (code: number | undefined): boolean => code === 0x22 || code === 0x27 || code === 0x60;
const isClosing = (code: number | undefined): boolean => code === 0x29 || code === 0x5d || code === 0x300d;

/** Letters that members of a list of numbers may be written with: `null`, `None`, `xxxx`. */
const listLetters = new Set(Array.from('nuloeixNULOEIX', (letter) => letter.charCodeAt(0)));

/**
 * How many digits at `at` are those of a control escape: `#011`, `\\033`, `=1B`, `=3D`. They are no part of a value; what
 * stands in front of them and behind is read together where such escapes are resolved.
 */
export function escapeDigits(codes: Codes, at: number): number {
  const opening = at > 0 ? codes[at - 1] : 0;
  const second = codes[at + 1] ?? 0;
  if (opening === 0x3d) {
    return (codes[at] ?? 0) <= 0x33 && ((second >= 0x41 && second <= 0x46) || isSmallEquals(codes, at)) ? 1 : 0;
  }
  if (opening !== 0x23 && opening !== 0x5c) return 0;
  const third = codes[at + 2] ?? 0;
  const isControl = codes[at] === 0x30 && second >= 0x30 && second <= 0x33 && third >= 0x30 && third <= 0x37;
  return isControl ? 3 : 0;
}

function isSmallEquals(codes: Codes, at: number): boolean {
  return codes[at] === 0x33 && codes[at + 1] === 0x64;
}

export interface Part {
  first: number;
  last: number;
}

/**
 * Which key a value stands under when other values stand between them: members of a list, numbered names. Passed
 * forward over a record, so that every character is looked at a few times only.
 */
export class ValuePlaces {
  private readonly keys: KeyReader;
  /** The bracket that opened the list around, and the key in front of it once it was asked for. */
  private list = -1;
  private listKey = -1;
  /** A key whose index was passed last, and where its value may begin. */
  private pendingKey = 0;
  private pendingFrom = -1;
  private parts: Part[] = [];
  private partsDigits = '';

  constructor(keys: KeyReader) {
    this.keys = keys;
  }

  /** To be called before each walk. */
  reset(): void {
    this.list = this.pendingFrom = -1;
    this.parts = [];
    this.partsDigits = '';
  }

  get hasList(): boolean {
    return this.list >= 0;
  }

  /** A character that is no digit: any while a list is open, or one that opens it. */
  pass(code: number, at: number): void {
    if (code === 0x5b || code === 0x28) {
      this.list = at;
      this.listKey = -1;
    } else if (this.list >= 0 && (isClosing(code) || (isLetterCode(code) && !listLetters.has(code)) || code === 0x7b)) {
      this.list = -1;
    }
  }

  /** The key of the value at `at`: in front of it, of the list around it, or what its index belongs to. */
  keyOf(codes: Codes, at: number): number {
    if (this.pendingFrom >= 0) {
      const key = this.isGap(codes, this.pendingFrom, at) ? this.pendingKey : 0;
      this.pendingFrom = -1;
      if (key !== 0) return key;
    }
    const key = this.keys.keyBefore(codes, at);
    if ((key & kindBits) !== keyKind.none || this.list < 0) return key;
    if (this.listKey < 0) this.listKey = this.list > 0 ? this.keys.keyBefore(codes, this.list) : 0;
    return (this.listKey & isExplicit) === 0 ? key : this.listKey;
  }

  private isGap(codes: Codes, from: number, to: number): boolean {
    if (to - from > longestGap) return false;
    for (let at = from; at < to; at++) if (gapKind[codes[at] ?? 0] === 0) return false;
    return true;
  }

  /** Whether the digits at `at` only number the name in front of them: `card(1)=`, `"card":{"0":`, `カード番号1：`. */
  isIndex(codes: Codes, value: { at: number; digits: number; key: number }): boolean {
    const { at, digits, key } = value;
    const isNumber = (key & kindBits) === keyKind.pan || (key & kindBits) === keyKind.card;
    if (digits > (isNumber ? longestIndex : 1)) return false;
    let before = at - 1;
    while (
      before >= 0 &&
      at - before < 6 &&
      (isBlank(codes[before]) || isQuote(codes[before]) || codes[before] === 0x5c)
    ) {
      before--;
    }
    if (isMark(codes[before])) return false;
    let next = at + digits;
    while (next < at + digits + 3 && (isClosing(codes[next]) || isQuote(codes[next]) || codes[next] === 0x5c)) next++;
    while (next < at + digits + 6 && isBlank(codes[next])) next++;
    if (!isMark(codes[next])) return false;
    this.pendingKey = (key & kindBits) | isExplicit;
    this.pendingFrom = next;
    return true;
  }

  /** Adds a value of a few digits; answers all parts once together they are a card number. */
  addPart(codes: Codes, part: { at: number; digits: number }): readonly Part[] {
    const { at, digits } = part;
    const previous = this.parts.at(-1);
    if (previous === undefined || at - previous.last > longestValue || digits < 3 || digits > 7) {
      this.parts = [];
      this.partsDigits = '';
    }
    if (digits < 3 || digits > 7) return [];
    this.parts.push({ first: at, last: at + digits - 1 });
    for (let k = 0; k < digits; k++) this.partsDigits += String.fromCharCode(codes[at + k] ?? 0);
    while (this.partsDigits.length > longestPan) {
      const dropped = this.parts.shift();
      this.partsDigits = this.partsDigits.slice(dropped === undefined ? 0 : dropped.last - dropped.first + 1);
    }
    for (let first = 0; first < this.parts.length - 1; first++) {
      const rest = this.parts.slice(first);
      const length = rest.reduce((sum, { first: from, last }) => sum + last - from + 1, 0);
      if (isCardNumber(this.partsDigits.slice(-length))) return rest;
    }
    return [];
  }
}

function isLetterCode(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function isCardNumber(digits: string): boolean {
  const { length } = digits;
  if (length < shortestPan || length > longestPan || !isIssued(Number(digits.slice(0, 4)), length)) return false;
  let sum = 0;
  for (let k = 0; k < length; k++) {
    const digit = (digits.charCodeAt(k) - 0x30) * ((length - k) % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** Whether groups stand apart as members of a list do: by a comma, with blanks around it or without. */
export function separatesMembers(separator: number): boolean {
  return separator === 6 || separator === 49 || separator === 14 || separator === 113;
}

/**
 * A value in quotes that is nothing but digits and what stands between them, or one in card-like groups of its own
 * separator (`4980:0001:2345:6789`): all of it. Null where the digit groups tell better.
 */
export function wholeValueAt(
  codes: Codes,
  groups: DigitGroups,
  length: number,
): { first: number; last: number; digits: number } | null {
  const first = groups.start[0] ?? 0;
  const quote = codes[first - 1];
  if ((groups.length[0] ?? 0) >= shortestPan) return null;
  const quoted = isQuote(quote) ? quotedValue(codes, { first, quote: quote ?? 0, length }) : null;
  return quoted ?? groupedValue(codes, first);
}

function quotedValue(
  codes: Codes,
  value: { first: number; quote: number; length: number },
): { first: number; last: number; digits: number } | null {
  const { first, quote, length } = value;
  let digits = 0;
  let last = first;
  for (let at = first; at < length && at - first < longestValue; at++) {
    const code = codes[at] ?? 0;
    if (isDigit(code)) {
      digits++;
      last = at;
    } else if (code === quote) return digits > longestPan ? null : { first, last, digits };
    else if (isLetterCode(code) || code < 0x20 || code === 0x2a || code === 0x5c) return null;
  }
  return null;
}

const printedGroups = new Set(['4-4-4-4', '4-6-5', '4-6-4', '4-4-5', '4-3-3-3', '4-4-4-4-1', '4-4-4-4-2', '4-4-4-4-3']);

/** Groups as cards have them, with the same one to three characters between them that are neither letters nor quotes. */
function groupedValue(codes: Codes, first: number): { first: number; last: number; digits: number } | null {
  const sizes: number[] = [];
  let at = first;
  let digits = 0;
  let separator = '';
  let found: { first: number; last: number; digits: number } | null = null;
  while (sizes.length < 5) {
    const start = at;
    while (isDigit(codes[at]) && at - start < 8) at++;
    if (at === start) break;
    sizes.push(at - start);
    digits += at - start;
    if (isDigit(codes[at])) break;
    if (printedGroups.has(sizes.join('-'))) found = { first, last: at - 1, digits };
    const between = separatorAt(codes, at);
    if (between === '' || (separator !== '' && between !== separator)) break;
    separator = between;
    at += between.length;
  }
  return found;
}

function separatorAt(codes: Codes, from: number): string {
  let text = '';
  for (let at = from; at - from < 3; at++) {
    const code = codes[at] ?? 0;
    const isOther =
      code < 0x20 || isDigit(code) || isLetterCode(code) || isQuote(code) || code === 0x26 || code === 0x3d;
    if (isOther || code === 0x2a) break;
    text += String.fromCharCode(code);
  }
  return text;
}
