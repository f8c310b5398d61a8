import { type Codes, type DigitGroups, isDigit, isLetter } from './digit-groups.ts';
import { isIssued, longestPan, shortestPan } from './issuer-ranges.ts';

/** A number with an exponent at the end of digit groups: `4.556734500085943E15`, `4556734500085943e+00`, `45567.3×10^12`. */
export interface Scientific {
  /** The first of its groups: one with the whole digits, and one with the fraction or none. */
  group: number;
  /** Where its exponent ends (exclusive), and its mantissa. */
  end: number;
  mantissaEnd: number;
  /** The whole number that it stands for, when that may be a card number and is Luhn-valid. */
  isCardNumber: boolean;
  /** Its mantissa has exactly the digits of that number, no fewer and no more. */
  isExact: boolean;
}

/** Fewer digits than these do not show a number. */
const leastSignificant = 11;

/** The number with an exponent that ends the groups, or null. */
export function scientificAtEnd(codes: Codes, groups: DigitGroups): Scientific | null {
  return scientificAt(codes, groups, groups.count - 1);
}

/** The number with an exponent whose last digit group is `last`. */
export function scientificAt(codes: Codes, groups: DigitGroups, last: number): Scientific | null {
  const mantissaEnd = (groups.start[last] ?? 0) + (groups.length[last] ?? 0);
  const exponent = exponentAt(codes, mantissaEnd);
  if (exponent === null) return null;
  const hasFraction = last > 0 && groups.separator[last - 1] === 3;
  const group = hasFraction ? last - 1 : last;
  const whole = groups.length[group] ?? 0;
  let digits = '';
  for (let at = groups.start[group] ?? 0; at < mantissaEnd; at++) {
    if (digits.length <= longestMantissa && isDigit(codes[at])) digits += String.fromCharCode(codes[at] ?? 0);
  }
  const significant = digits.replace(/^0+/, '');
  const length = whole + exponent.value - (digits.length - significant.length);
  const number = significant.slice(0, length).padEnd(Math.min(length, longestPan + 1), '0');
  const isCardNumber =
    length >= shortestPan &&
    length <= longestPan &&
    /^0*$/.test(significant.slice(length)) &&
    (digits.length === length || number.replace(/0+$/, '').length >= leastSignificant) &&
    isIssued(Number(number.slice(0, 4)), length) &&
    isLuhnValid(number);
  return { group, end: exponent.end, mantissaEnd, isCardNumber, isExact: digits.length === length };
}

const longestMantissa = 40;

function isLuhnValid(number: string): boolean {
  let sum = 0;
  for (let k = number.length - 1, doubled = false; k >= 0; k--, doubled = !doubled) {
    const digit = (number.charCodeAt(k) - 0x30) * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

function exponentAt(codes: Codes, from: number): { value: number; end: number } | null {
  let at = from;
  if (((codes[at] ?? 0) | 0x20) === 0x65) at++;
  else at = powerOfTen(codes, at);
  if (at < 0) return null;
  const sign = codes[at];
  if (sign === 0x2b || sign === 0x2d) at++;
  const start = at;
  let value = 0;
  while (isDigit(codes[at]) && at - start < 4) value = value * 10 + (codes[at++] ?? 0x30) - 0x30;
  if (at === start || isDigit(codes[at]) || isLetter(codes[at])) return null;
  return { value: sign === 0x2d ? -value : value, end: at };
}

/** Behind `x10^`, `*10**`, `×10^`, with blanks or without; -1 where none stands. `×` may be its two bytes of UTF-8. */
function powerOfTen(codes: Codes, from: number): number {
  let at = from;
  while (codes[at] === 0x20 && at - from < 2) at++;
  const code = codes[at] ?? 0;
  if (code === 0xc3 && codes[at + 1] === 0x97) at += 2;
  else if (code === 0xd7 || code === 0x2a || (code | 0x20) === 0x78) at++;
  else return -1;
  if (codes[at] === 0x20) at++;
  if (codes[at] !== 0x31 || codes[at + 1] !== 0x30) return -1;
  at += 2;
  if (codes[at] === 0x5e) return at + 1;
  return codes[at] === 0x2a && codes[at + 1] === 0x2a ? at + 2 : -1;
}
