import { isIssued, longestPan, shortestPan } from './issuer-ranges.ts';

/** Bytes of a record, or the folded characters of a decoded one: both are scanned by the same code. */
export type Codes = Uint8Array | Uint16Array;

/** A way of writing numbers apart: 0 for anything that cannot stand between the digit groups of one card number. */
const separatorKind = new Uint8Array(256);
for (const [characters, kind] of [
  [' +\t', 1],
  ['-', 2],
  ['.', 3],
  ['/', 4],
  ['_', 5],
] as const) {
  for (const character of characters) separatorKind[character.charCodeAt(0)] = kind;
}
const katakanaDash = 0x30fc;

export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

export function isLetter(code: number | undefined): boolean {
  return code !== undefined && ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a));
}

function kindOf(code: number): number {
  return code < 256 ? (separatorKind[code] ?? 0) : code === katakanaDash ? 2 : 0;
}

/** Digit groups that stand apart by separators only. `separator[i]` names what stands after group i (0: nothing). */
export interface DigitGroups {
  count: number;
  start: Int32Array;
  length: Int32Array;
  separator: Int32Array;
  /** First position behind the last group. */
  end: number;
}

export function createDigitGroups(capacity: number): DigitGroups {
  return {
    count: 0,
    start: new Int32Array(capacity),
    length: new Int32Array(capacity),
    separator: new Int32Array(capacity),
    end: 0,
  };
}

/**
 * Collects the groups from the digit at `from`. Between two groups one to three separator characters may stand; which
 * ones is kept, so that a card number is only seen where they are the same all along. A chain longer than the groups
 * have room for is cut there: memory stays bounded, and the caller takes the chain up again with an overlap.
 */
export function collectDigitGroups(codes: Codes, from: number, into: { groups: DigitGroups; length: number }): void {
  const { groups, length } = into;
  let at = from;
  let count = 0;
  for (;;) {
    const start = at;
    while (at < length && isDigit(codes[at])) at++;
    groups.start[count] = start;
    groups.length[count] = at - start;
    let separator = 0;
    let next = at;
    while (next < length && next - at < 3) {
      const kind = kindOf(codes[next] ?? 0);
      if (kind === 0) break;
      separator = separator * 8 + kind;
      next++;
    }
    const goesOn = separator !== 0 && next < length && isDigit(codes[next]);
    groups.separator[count] = goesOn ? separator : 0;
    count++;
    if (!goesOn || count === groups.start.length) break;
    at = next;
  }
  groups.count = count;
  groups.end = at;
}

/** How cards are printed and typed. UUID groups (8-4-4-4-12) hold none of these. */
const cardLayouts = new Set(['4444', '465', '464', '44443', '445', '4333', '44441', '44442', '6(13)']);

const longestLayout = 5;

function layoutOf(groups: DigitGroups, first: number, last: number): string {
  let layout = '';
  for (let i = first; i <= last; i++) {
    const length = groups.length[i] ?? 0;
    layout += length < 10 ? String(length) : `(${length})`;
  }
  return layout;
}

/** ISO/IEC 7812-1 annex B over the digits of groups first..last. */
function passesLuhn(codes: Codes, groups: DigitGroups, span: GroupSpan): boolean {
  let sum = 0;
  let doubled = false;
  for (let i = span.last; i >= span.first; i--) {
    const start = groups.start[i] ?? 0;
    for (let at = start + (groups.length[i] ?? 0) - 1; at >= start; at--) {
      let digit = (codes[at] ?? 0x30) - 0x30;
      if (doubled) {
        digit *= 2;
        if (digit > 9) digit -= 9;
      }
      sum += digit;
      doubled = !doubled;
    }
  }
  return sum % 10 === 0;
}

function prefixOf(codes: Codes, groups: DigitGroups, first: number): number {
  let prefix = 0;
  let taken = 0;
  for (let i = first; i < groups.count && taken < 4; i++) {
    const start = groups.start[i] ?? 0;
    const length = groups.length[i] ?? 0;
    for (let k = 0; k < length && taken < 4; k++, taken++) prefix = prefix * 10 + (codes[start + k] ?? 0x30) - 0x30;
  }
  return prefix;
}

export interface GroupSpan {
  first: number;
  last: number;
}

/** A single group next to a dot and a digit is a decimal fraction or a version, not a card number. */
function isDecimal(codes: Codes, groups: DigitGroups, index: number): boolean {
  const start = groups.start[index] ?? 0;
  const end = start + (groups.length[index] ?? 0);
  return (codes[start - 1] === 0x2e && isDigit(codes[start - 2])) || (codes[end] === 0x2e && isDigit(codes[end + 1]));
}

/** `e29b-4111-111111111111`: digit groups that go on with letters behind a dash are part of an identifier. */
function isInDashedToken(codes: Codes, groups: DigitGroups, span: GroupSpan): boolean {
  const start = groups.start[span.first] ?? 0;
  const end = (groups.start[span.last] ?? 0) + (groups.length[span.last] ?? 0);
  return (codes[start - 1] === 0x2d && isLetter(codes[start - 2])) || (codes[end] === 0x2d && isLetter(codes[end + 1]));
}

function layoutAllowed(codes: Codes, groups: DigitGroups, span: GroupSpan): boolean {
  const separator = groups.separator[span.first] ?? 0;
  const whole =
    (span.first === 0 || groups.separator[span.first - 1] !== separator) && groups.separator[span.last] !== separator;
  if (whole && separator === 1) return true;
  if (whole && separator === 2 && !isInDashedToken(codes, groups, span)) return true;
  if (whole && separator === 3 && span.last - span.first >= 2) return true;
  return span.last - span.first < longestLayout && cardLayouts.has(layoutOf(groups, span.first, span.last));
}

/** The longest card number that begins with group `first`: its last group, or -1. */
export function cardNumberFrom(codes: Codes, groups: DigitGroups, first: number): number {
  const separator = groups.separator[first] ?? 0;
  let prefix = -1;
  let total = 0;
  let found = -1;
  for (let last = first; last < groups.count; last++) {
    if (last > first && groups.separator[last - 1] !== separator) break;
    total += groups.length[last] ?? 0;
    if (total > longestPan) break;
    if (total < shortestPan) continue;
    if (prefix < 0) prefix = prefixOf(codes, groups, first);
    if (!isIssued(prefix, total)) continue;
    const span = { first, last };
    if (last === first ? isDecimal(codes, groups, first) : !layoutAllowed(codes, groups, span)) continue;
    if (passesLuhn(codes, groups, span)) found = last;
  }
  return found;
}

/** Leaves out a first and a last group that are part of a word, such as `a12` and `34b` in `a12 4111… 34b`. */
export function leaveOutWords(codes: Codes, groups: DigitGroups): void {
  if (isLetter(codes[groups.end])) {
    groups.count--;
    if (groups.count > 0) groups.separator[groups.count - 1] = 0;
  }
  const start = groups.start[0] ?? 0;
  if (groups.count > 0 && start > 0 && isLetter(codes[start - 1])) {
    groups.count--;
    groups.start.copyWithin(0, 1, groups.count + 1);
    groups.length.copyWithin(0, 1, groups.count + 1);
    groups.separator.copyWithin(0, 1, groups.count + 1);
  }
}

/**
 * The groups that belong to a value named by its key, Luhn-valid or not: a card-like layout when there is one,
 * otherwise the first group alone, so that the next number of the line is not swallowed.
 */
export function keyedNumberFrom(codes: Codes, groups: DigitGroups): number {
  const valid = cardNumberFrom(codes, groups, 0);
  if (valid >= 0) return valid;
  const separator = groups.separator[0] ?? 0;
  let last = 0;
  let total = groups.length[0] ?? 0;
  let taken = 0;
  if (total >= shortestPan) return 0;
  while (groups.separator[last] === separator && separator !== 0 && last + 1 < groups.count) {
    last++;
    total += groups.length[last] ?? 0;
    if (total > longestPan) break;
    if (total < shortestPan) continue;
    if (layoutAllowed(codes, groups, { first: 0, last })) {
      taken = last;
      if (layoutOf(groups, 0, last) === '4444' && groups.separator[last] !== separator) break;
      if (layoutOf(groups, 0, last) === '4444' && (groups.length[last + 1] ?? 0) > 3) break;
    }
  }
  return taken;
}

export function digitsIn(groups: DigitGroups, first: number, last: number): number {
  let total = 0;
  for (let i = first; i <= last; i++) total += groups.length[i] ?? 0;
  return total;
}
