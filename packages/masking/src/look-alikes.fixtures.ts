/** Numbers that are none of cards, by kind, and what the README states of how many lose digits. */
import { readFileSync } from 'node:fs';
import { digitsOf, pick, type Random, withCheckDigit } from './planted-numbers.fixtures.ts';

export type LookAlike = (random: Random) => string;

function articleNumber(body: string): string {
  let sum = 0;
  for (const [k, digit] of Array.from(body).reverse().entries()) sum += Number(digit) * (k % 2 === 0 ? 3 : 1);
  return body + String((10 - (sum % 10)) % 10);
}

const hexOf = (count: number, random: Random): string =>
  Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');

/** A moment of this decade. */
const moment = (random: Random): Date => new Date(Date.UTC(2024, 0, 1) + Math.floor(random() * 8 * 365 * 86_400_000));
const stamp = (random: Random): string => moment(random).toISOString().replace(/\D/g, '');

export const lookAlikes = {
  'JAN codes (45, 49)': (random) => articleNumber(pick(['45', '49'], random) + digitsOf(10, random)),
  'other EAN-13 codes': (random) => articleNumber(pick(['40', '46', '48', '50', '57'], random) + digitsOf(10, random)),
  'ISBN-13': (random) => articleNumber(pick(['978', '979'], random) + digitsOf(9, random)),
  'GTIN-14': (random) => articleNumber(`1${pick(['45', '49'], random)}${digitsOf(10, random)}`),
  'JAN codes filled up with zeros': (random) => `0${articleNumber(`49${digitsOf(10, random)}`)}`,
  'milliseconds since 1970': (random) => String(moment(random).getTime()),
  'microseconds since 1970': (random) => String(moment(random).getTime()) + digitsOf(3, random),
  'nanoseconds since 1970': (random) => String(moment(random).getTime()) + digitsOf(6, random),
  'dates with time, 14 to 17 digits': (random) => stamp(random).slice(0, 14 + Math.floor(random() * 4)),
  'seconds with a fraction': (random) => `${Math.floor(moment(random).getTime() / 1000)}.${digitsOf(9, random)}`,
  UUIDs: (random) => hexOf(32, random).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  'MD5 and SHA-256 digests': (random) => hexOf(pick([32, 64], random), random),
  'fingerprints, byte by byte': (random) => (hexOf(40, random).match(/../g) ?? []).join(':'),
  'trace ids': (random) => hexOf(pick([16, 32], random), random),
  'MAC addresses': (random) => (hexOf(12, random).match(/../g) ?? []).join(pick([':', '-'], random)),
  IMEI: (random) => withCheckDigit(pick(['35', '86'], random) + digitsOf(12, random)),
  'telephone numbers': (random) =>
    `${pick(['090', '03', '0120'], random)}-${digitsOf(4, random)}-${digitsOf(4, random)}`,
  'amounts with thousands': (random) => Math.floor(random() * 1e11).toLocaleString('en-US'),
  'floating-point numbers': (random) => String(random() * 10 ** Math.floor(random() * 40 - 20)),
  'lists of numbers': (random) =>
    Array.from({ length: 8 }, () => Math.floor(random() * 1000)).join(pick([',', ', '], random)),
  'order numbers with a date in front': (random) => stamp(random).slice(0, 8) + digitsOf(8, random),
  'order numbers with a short date in front': (random) => stamp(random).slice(2, 8) + digitsOf(10, random),
  'numbers of 16 digits': (random) => String(1 + Math.floor(random() * 9)) + digitsOf(15, random),
  'numbers of 20 digits, some filled up with zeros': (random) =>
    digitsOf(6 + Math.floor(random() * 15), random).padStart(20, '0'),
} as const satisfies Record<string, LookAlike>;

export type LookAlikeKind = keyof typeof lookAlikes;
export const lookAlikeKinds = Object.keys(lookAlikes) as LookAlikeKind[];

/** What the README states, as shares: 0.007 for `0.7 %`. */
export function statedRates(): Map<string, number> {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = readme.matchAll(/^\| (.+?) +\| ([\d.]+) % +\|$/gm);
  return new Map(Array.from(rows, ([, kind = '', rate = '']) => [kind, Number(rate) / 100]));
}
