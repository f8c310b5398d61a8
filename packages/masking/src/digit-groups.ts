import { isIssued, longestPan, shortestPan } from './issuer-ranges.ts';

/** Bytes of a record, or the folded characters of a decoded one: both are scanned by the same code. */
export type Codes = Uint8Array | Uint16Array;

/** A way of writing numbers apart: 0 for anything that cannot stand between the digit groups of one card number. */
export const separatorKind = new Uint8Array(1 << 16);
for (const [characters, kind] of [
  [' +\t', 1],
  ['-\u30fc', 2],
  ['.', 3],
  ['/', 4],
  ['_', 5],
  [',\u066c', 6],
  ["'\u2019", 7],
] as const) {
  for (const character of characters) separatorKind[character.charCodeAt(0)] = kind;
}
export const mostSeparators = 3;

export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

export function isLetter(code: number | undefined): boolean {
  return code !== undefined && ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a));
}

/** In place of a separator: the groups stand apart by characters of no width alone. */
const joint = -1;

/** Digit groups that stand apart by separators only. `separator[i]` names what stands after group i (0: nothing). */
export interface DigitGroups {
  /** First group that counts; words are left out from the front. */
  first: number;
  count: number;
  start: Int32Array;
  length: Int32Array;
  separator: Int32Array;
  /** First position behind the last group. */
  end: number;
}

export function createDigitGroups(capacity: number): DigitGroups {
  return {
    first: 0,
    count: 0,
    start: new Int32Array(capacity),
    length: new Int32Array(capacity),
    separator: new Int32Array(capacity),
    end: 0,
  };
}

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/**
 * Collects the groups from the digit at `from`. Between two groups one to three separator characters may stand; which
 * ones is kept, so that a card number is only seen where they are the same all along.
 */
export function collectDigitGroups(codes: Codes, from: number, into: { groups: DigitGroups; length: number }): void {
  const { groups, length } = into;
  let at = from;
  let count = 0;
  for (;;) {
    if (count === groups.start.length) growGroups(groups);
    const start = at;
    while (at < length && isDigit(codes[at])) at++;
    groups.start[count] = start;
    groups.length[count] = at - start;
    let separator = 0;
    let next = at;
    while (next < length && next - at < mostSeparators) {
      const kind = separatorKind[codes[next] ?? 0] ?? 0;
      if (kind === 0) break;
      separator = separator * 8 + kind;
      next++;
    }
    const goesOn = separator !== 0 && next < length && isDigit(codes[next]);
    groups.separator[count] = goesOn ? separator : 0;
    count++;
    if (!goesOn) break;
    at = next;
  }
  groups.first = 0;
  groups.count = count;
  groups.end = at;
}

/**
 * The same groups with those parted between which or within which a character of no width stands (`joints`, from the one
 * at index `from` on): they may be numbers of their own that it only makes look like one. False when none does.
 */
export function partAtJoints(
  groups: DigitGroups,
  joints: { at: readonly number[]; from: number },
  into: DigitGroups,
): boolean {
  let next = joints.from;
  const jointAt = (): number => joints.at[next] ?? Number.POSITIVE_INFINITY;
  if (jointAt() >= groups.end) return false;
  into.count = into.first = 0;
  for (let i = 0; i < groups.count; i++) {
    let start = groups.start[i] ?? 0;
    const end = start + (groups.length[i] ?? 0);
    for (; jointAt() < end; next++) {
      if (jointAt() <= start) continue;
      addGroup(into, { start, end: jointAt(), separator: joint });
      start = jointAt();
    }
    const following = i + 1 < groups.count ? (groups.start[i + 1] ?? 0) : end;
    addGroup(into, { start, end, separator: jointAt() <= following ? 0 : (groups.separator[i] ?? 0) });
  }
  into.end = groups.end;
  return true;
}

function addGroup(groups: DigitGroups, group: { start: number; end: number; separator: number }): void {
  if (groups.count === groups.start.length) growGroups(groups);
  groups.start[groups.count] = group.start;
  groups.length[groups.count] = group.end - group.start;
  groups.separator[groups.count] = group.separator;
  groups.count++;
}

function growGroups(groups: DigitGroups): void {
  groups.start = grown(groups.start);
  groups.length = grown(groups.length);
  groups.separator = grown(groups.separator);
}

/** Leaves out a first and a last group that are part of a word, such as `a12` and `34b` in `a12 4111… 34b`. */
export function leaveOutWords(codes: Codes, groups: DigitGroups): void {
  if (isLetter(codes[groups.end]) && !isNumberEnd(codes, groups.end)) {
    groups.count--;
    if (groups.count > 0) groups.separator[groups.count - 1] = 0;
  }
  const start = groups.start[0] ?? 0;
  if (groups.count > 0 && start > 0 && isLetter(codes[start - 1])) groups.first = 1;
}

/** What may end a number and is no word: `L` and `n` of programming languages, `F` that fills up packed digits. */
function isNumberEnd(codes: Codes, at: number): boolean {
  const code = (codes[at] ?? 0) | 0x20;
  let next = at + 1;
  if (code === 0x66) while (((codes[next] ?? 0) | 0x20) === 0x66 && next - at < mostSeparators) next++;
  else if (code !== 0x6c && code !== 0x6e) return false;
  return !isDigit(codes[next]) && !isLetter(codes[next]) && codes[next] !== 0x5f;
}

export interface GroupSpan {
  first: number;
  last: number;
}

/** The number that groups first..last make, without the zeros that a single group is filled up with in front. */
interface NumberShape {
  zeros: number;
  /** Digits behind the zeros. */
  digits: number;
}

/** COBOL, ISO 8583 and spreadsheets fill numbers up with zeros; no issuer's numbers begin with one. */
function shapeOf(codes: Codes, groups: DigitGroups, span: GroupSpan): NumberShape {
  const total = digitsIn(groups, span.first, span.last);
  const zeros = span.first === span.last ? leadingZeros(codes, groups, span.first) : 0;
  return { zeros, digits: total - zeros };
}

export function leadingZeros(codes: Codes, groups: DigitGroups, group: number): number {
  const start = groups.start[group] ?? 0;
  const length = groups.length[group] ?? 0;
  let zeros = 0;
  while (zeros < length && codes[start + zeros] === 0x30) zeros++;
  return zeros;
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

/** The check digit of 13-digit article numbers (JAN, EAN, ISBN; GS1 General Specifications 7.9). */
function isArticleNumber(codes: Codes, groups: DigitGroups, span: GroupSpan): boolean {
  let sum = 0;
  let weight = 1;
  for (let i = span.last; i >= span.first; i--) {
    const start = groups.start[i] ?? 0;
    for (let at = start + (groups.length[i] ?? 0) - 1; at >= start; at--) {
      sum += ((codes[at] ?? 0x30) - 0x30) * weight;
      weight = 4 - weight;
    }
  }
  return sum % 10 === 0;
}

function prefixOf(codes: Codes, groups: DigitGroups, { first, zeros }: { first: number; zeros: number }): number {
  let prefix = 0;
  let taken = 0;
  let skip = zeros;
  for (let i = first; i < groups.count && taken < 4; i++) {
    const start = groups.start[i] ?? 0;
    const length = groups.length[i] ?? 0;
    for (let k = skip; k < length && taken < 4; k++, taken++) prefix = prefix * 10 + (codes[start + k] ?? 0x30) - 0x30;
    skip = 0;
  }
  return prefix;
}

/**
 * A single group next to a dot is a decimal fraction or a version, not a card number; but `.0` and `.00` behind it are
 * what spreadsheets and data frames add to a whole number.
 */
function isDecimal(codes: Codes, groups: DigitGroups, index: number): boolean {
  const start = groups.start[index] ?? 0;
  const end = start + (groups.length[index] ?? 0);
  if (start > 1 && codes[start - 1] === 0x2e && isDigit(codes[start - 2])) return true;
  if (codes[end] !== 0x2e || !isDigit(codes[end + 1])) return false;
  let next = end + 1;
  while (codes[next] === 0x30 && next - end <= mostZeroDecimals) next++;
  return isDigit(codes[next]) || (codes[next] === 0x2e && isDigit(codes[next + 1]));
}

const mostZeroDecimals = 10;

/** `e29b-4111-111111111111`: digit groups that go on with letters behind a dash are part of an identifier. */
function isInDashedToken(codes: Codes, groups: DigitGroups, span: GroupSpan): boolean {
  const start = groups.start[span.first] ?? 0;
  const end = (groups.start[span.last] ?? 0) + (groups.length[span.last] ?? 0);
  return (codes[start - 1] === 0x2d && isLetter(codes[start - 2])) || (codes[end] === 0x2d && isLetter(codes[end + 1]));
}

/**
 * How cards are printed and typed, as digits of a number: 4-4-4-4, 4-6-5, 4-6-4, 4-4-5, 4-3-3-3, 4-4-4-4-1 to 4-4-4-4-3,
 * 6-13. UUID groups (8-4-4-4-12) hold none of these.
 */
const longestLayout = 5;
const cardLayouts = new Set([0x4444, 0x465, 0x464, 0x445, 0x4333, 0x44441, 0x44442, 0x44443, 0x6d]);

function isCardLayout(groups: DigitGroups, span: GroupSpan): boolean {
  if (span.last - span.first >= longestLayout) return false;
  let layout = 0;
  for (let i = span.first; i <= span.last; i++) layout = layout * 16 + Math.min(groups.length[i] ?? 0, 15);
  return cardLayouts.has(layout);
}

/** Whether the groups are all that stands there with this separator, in a way that allows any grouping. */
function isWholeRun(codes: Codes, groups: DigitGroups, span: GroupSpan): boolean {
  const separator = groups.separator[span.first] ?? 0;
  if (span.first > groups.first && groups.separator[span.first - 1] === separator) return false;
  if (groups.separator[span.last] === separator) return false;
  if (separator === 1) return true;
  if (separator === 2) return !isInDashedToken(codes, groups, span);
  return separator === 3 && span.last - span.first >= 2;
}

/** Groups of three, or of two before a last one of three, with a shorter one in front: `4,556,734,500,085,943`. */
export function isThousands(groups: DigitGroups, span: GroupSpan): boolean {
  const { length } = groups;
  const size = length[span.first + 1] ?? 0;
  if (span.last - span.first < 3 || (size !== 3 && size !== 2) || (length[span.first] ?? 0) > size) return false;
  for (let i = span.first + 1; i < span.last; i++) if (length[i] !== size) return false;
  return length[span.last] === 3;
}

/** Thousands may stand apart by a comma, an apostrophe or a low line, where this is all that stands there so. */
function isWholeNumber(groups: DigitGroups, span: GroupSpan): boolean {
  const separator = groups.separator[span.first] ?? 0;
  if (separator < 5 || separator > 7 || groups.separator[span.last] === separator) return false;
  return isThousands(groups, span);
}

/** Commas and apostrophes part the members of lists; only thousands stand apart by them within a number. */
function isListMark(separator: number): boolean {
  return (separator & 7) > 5 || ((separator >> 3) & 7) > 5 || separator >> 6 > 5;
}

function isCardNumber(codes: Codes, groups: DigitGroups, span: GroupSpan): boolean {
  const { zeros, digits } = shapeOf(codes, groups, span);
  return (
    digits >= shortestPan &&
    digits <= longestPan &&
    isIssued(prefixOf(codes, groups, { first: span.first, zeros }), digits) &&
    passesLuhn(codes, groups, span) &&
    (digits !== shortestPan || isCardLayout(groups, span) || !isArticleNumber(codes, groups, span))
  );
}

/** A number filled up with zeros is no longer than this. */
const longestFilled = 40;

/**
 * The longest card number that begins with group `first`: its last group, or -1. Only where a run of groups begins may
 * it be longer than a card's layout, so that a walk over all groups stays linear.
 */
export function cardNumberFrom(codes: Codes, groups: DigitGroups, first: number): number {
  const separator = groups.separator[first] ?? 0;
  const firstLength = groups.length[first] ?? 0;
  let found = -1;
  const span = { first, last: first };
  const isFilled = firstLength > longestPan && firstLength <= longestFilled && codes[groups.start[first] ?? 0] === 0x30;
  if ((firstLength >= shortestPan && firstLength <= longestPan) || isFilled) {
    if (!isDecimal(codes, groups, first) && isCardNumber(codes, groups, span)) found = first;
  }
  if (separator <= 0) return found;
  const beginsRun = first === groups.first || groups.separator[first - 1] !== separator;
  const takesLayout = (firstLength === 4 || firstLength === 6) && !isListMark(separator);
  const beginsNumber = beginsRun && (separator <= 3 || (firstLength <= 3 && separator >= 5 && separator <= 7));
  if (!takesLayout && !beginsNumber) return found;
  let total = firstLength;
  while (span.last + 1 < groups.count && groups.separator[span.last] === separator) {
    span.last++;
    total += groups.length[span.last] ?? 0;
    if (total > longestPan || (!beginsRun && span.last - first >= longestLayout)) break;
    if (total < shortestPan) continue;
    const isAllowed =
      (beginsRun && (isWholeRun(codes, groups, span) || isWholeNumber(groups, span))) ||
      (takesLayout && isCardLayout(groups, span));
    if (isAllowed && isCardNumber(codes, groups, span)) found = span.last;
  }
  return found;
}

/** The longest card number of parted groups that begins with group `first`, with no more than joints in it; or -1. */
export function joinedNumberFrom(codes: Codes, groups: DigitGroups, first: number): number {
  const span = { first, last: first };
  let total = groups.length[first] ?? 0;
  let found = -1;
  while (groups.separator[span.last] === joint) {
    span.last++;
    total += groups.length[span.last] ?? 0;
    if (total > longestPan) break;
    if (isDecimal(codes, groups, first) || isDecimal(codes, groups, span.last)) continue;
    if (isCardNumber(codes, groups, span)) found = span.last;
  }
  return found;
}

/** The first group from `first` on that begins a card number, or -1. */
export function firstCardNumber(codes: Codes, groups: DigitGroups, first: number): number {
  for (let i = first; i < groups.count; i++) if (cardNumberFrom(codes, groups, i) >= 0) return i;
  return -1;
}

/**
 * The groups that belong to a value named by its key, Luhn-valid or not: a card-like layout or thousands when there are
 * some, otherwise the first group alone, so that the next number of the line is not swallowed.
 */
export function keyedNumberFrom(codes: Codes, groups: DigitGroups): number {
  const valid = cardNumberFrom(codes, groups, 0);
  if (valid >= 0) return valid === 3 && isLongLayout(groups) ? 4 : valid;
  const separator = groups.separator[0] ?? 0;
  const span = { first: 0, last: 0 };
  let total = groups.length[0] ?? 0;
  let taken = 0;
  if (total >= shortestPan) return 0;
  while (groups.separator[span.last] === separator && separator !== 0 && span.last + 1 < groups.count) {
    span.last++;
    total += groups.length[span.last] ?? 0;
    if (total > longestPan) break;
    if (total < shortestPan) continue;
    const isNumber = isWholeRun(codes, groups, span) || isCardLayout(groups, span);
    if (!isNumber && (groups.separator[span.last] === separator || !isThousands(groups, span))) continue;
    taken = span.last;
    const isPrinted = span.last === 3 && groups.length[0] === 4 && total === 16 && isCardLayout(groups, span);
    if (isPrinted && (groups.separator[3] !== separator || (groups.length[4] ?? 0) > 3)) break;
  }
  return taken;
}

/** 4-4-4-4 and one to three more digits at the end of the run: under a key they are one number. */
function isLongLayout(groups: DigitGroups): boolean {
  const { separator, length } = groups;
  const isOneRun = separator[3] === separator[0] && separator[3] !== 0 && separator[4] !== separator[0];
  return isOneRun && length[0] === 4 && (length[4] ?? 9) <= 3 && isCardLayout(groups, { first: 0, last: 4 });
}

export function digitsIn(groups: DigitGroups, first: number, last: number): number {
  let total = 0;
  for (let i = first; i <= last; i++) total += groups.length[i] ?? 0;
  return total;
}
