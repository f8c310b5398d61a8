/*
 * Card data planted in records: (spelling × separator × key × neighbours × encoding × wrapping × cut), drawn from a seed.
 * What tells whether it is still there reads the masked record by the platform's decoders and looks for its digits; it
 * shares nothing with the masker.
 */
import {
  type Encoding,
  encodings,
  unwrapBytes,
  utf8,
  wrapBytes,
  type Wrapping,
  wrappings,
} from './planted-encodings.fixtures.ts';

export type Random = () => number;

/** Mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export function pick<T>(list: readonly T[], random: Random): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

export function digitsOf(count: number, random: Random): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}

export function withCheckDigit(body: string): string {
  let sum = 0;
  for (const [k, digit] of Array.from(body).reverse().entries()) {
    const value = Number(digit) * (k % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return body + String((10 - (sum % 10)) % 10);
}

const issuers = [
  ['4', 16],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['3528', 16],
  ['36', 14],
  ['6011', 16],
  ['62', 16],
  ['62', 19],
] as const;

export function cardNumber(random: Random): string {
  const [prefix, length] = pick(issuers, random);
  return withCheckDigit(prefix + digitsOf(length - 1 - prefix.length, random));
}

interface Spelling {
  name: string;
  /** Null where the number cannot be written so. */
  write(pan: string, random: Random): string | null;
  /** Track data and its like: not one digit may stay, except of what is not its own. */
  isWhole?: true;
}

const printed: Record<number, readonly number[]> = {
  14: [4, 6, 4],
  15: [4, 6, 5],
  16: [4, 4, 4, 4],
  19: [4, 4, 4, 4, 3],
};

function grouped(pan: string, separator: string): string {
  let at = 0;
  return (printed[pan.length] ?? [pan.length]).map((size) => pan.slice(at, (at += size))).join(separator);
}

const thousands = (text: string, separator: string): string => text.replace(/\B(?=(\d{3})+$)/g, separator);
const evenly = (digits: string): string => (digits.length % 2 === 0 ? digits : `${digits}F`);
const asBytes = (text: string, random: Random): string => {
  const separator = pick(['', '', ' ', ':', '-'], random);
  const cased = random() < 0.5 ? text.toLowerCase() : text;
  return (cased.match(/../g) ?? []).join(separator);
};
const element = (tag: string, value: string): string =>
  `${tag}${(value.length / 2).toString(16).padStart(2, '0').toUpperCase()}${value}`;

export const separators = [
  '',
  '',
  '',
  ' ',
  '-',
  '.',
  '/',
  '_',
  '\u00a0',
  '\u3000',
  '\u2013',
  '\uff0d',
  '+',
  '%20',
  '&nbsp;',
  '\\u0020',
  ' - ',
];

const spellings: readonly Spelling[] = [
  { name: 'grouped', write: (pan, random) => grouped(pan, pick(separators, random)) },
  { name: 'full width', write: (pan) => pan.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))) },
  {
    name: 'no width between',
    write: (pan, random) => grouped(pan, pick(['\u200b', '\u2060', '\u001b[1m', '\u001b[01;31m\u001b[K'], random)),
  },
  { name: 'N.0', write: (pan, random) => pan + pick(['.0', '.00', '.000', '.0000'], random) },
  { name: 'N.0 E0', write: (pan, random) => pan + pick(['E0', 'e+00', '.0E0', 'e0', 'E+0'], random) },
  { name: 'exponent', write: (pan, random) => exponent(pan, random) },
  { name: 'filled with zeros', write: (pan, random) => pan.padStart(pan.length + 1 + Math.floor(random() * 12), '0') },
  { name: 'thousands', write: (pan, random) => thousands(pan, pick([',', "'", '_', '\u2019', ' ', '.'], random)) },
  { name: 'suffix', write: (pan, random) => pan + pick(['L', 'n', 'F', 'l'], random) },
  {
    name: 'EMV 5A',
    write: (pan, random) =>
      asBytes(element('5A', evenly(pan)) + pick(['', '5F2403251231', '9F2608A1B2C3D4E5F60718'], random), random),
  },
  {
    name: 'EMV 57',
    isWhole: true,
    write: (pan, random) =>
      asBytes(
        element('57', evenly(`${pan}D2512201${digitsOf(5, random)}`)) + pick(['', '5F2403251231'], random),
        random,
      ),
  },
  {
    name: 'EMV 9F6B',
    isWhole: true,
    write: (pan, random) => asBytes('9F0206000000010000' + element('9F6B', evenly(`${pan}D2512201`)), random),
  },
  { name: 'ASCII in hexadecimal', write: (pan, random) => asBytes(Buffer.from(pan).toString('hex'), random) },
  {
    name: 'track 2',
    isWhole: true,
    write: (pan, random) => `${pan}${pick(['=', 'D'], random)}2512201${digitsOf(9, random)}`,
  },
  { name: 'base64', write: (pan) => Buffer.from(`n ${pan} x`).toString('base64') },
];

function exponent(pan: string, random: Random): string {
  const point = 1 + Math.floor(random() * (pan.length - 1));
  const power = pan.length - point;
  const sign = pick(['', '+'], random);
  const mark = pick(['E', 'e', ' x 10^', '\u00d710^', '*10**'], random);
  return `${pan.slice(0, point)}.${pan.slice(point)}${mark}${mark.length > 1 ? '' : sign}${power}`;
}

/** What may stand before and behind a number without being part of it. */
const neighbours = [
  '',
  ' ',
  '\t',
  ',',
  ';',
  '|',
  '"',
  "'",
  '(',
  '\uff1a',
  '\u3001',
  '\uff08',
  '\u30ab\u30fc\u30c9',
  '\u8868',
  '\u30bd',
  '\u756a\u53f7\u306f',
  '\u5361\u53f7',
  '\u001b[32m',
  '\u001b[1;31m\u001b[K',
  '\\u001b[36m',
  '#033[36m',
  '^[[0;32m',
  '\\e[1m',
  '\\x1b[7m',
  '\\033[0m',
  '%1B[1m',
  '\u001b(B',
  '#011',
  '#012',
  '^I',
  '\\011',
  '\\t',
  '\\n',
  '\\r\\n',
  '=3D',
  '=0A',
  '&#9;',
  '&quot;',
  '\u200b',
  '\u00a0',
  '\u3000',
  '%20',
  '%3D',
  '[32m',
] as const;
const leading = [
  ...neighbours,
  'card ',
  'n=',
  'n: ',
  '{"n":',
  '<n>',
  'x ',
  '\u30ab\u30fc\u30c9\u756a\u53f7\uff1a',
  '/pay/',
  '\u001b[36mn\u001b[0m=',
];
const trailing = [...neighbours, '}', '</n>', ' ok', '.', ')', '&x=1', '\u3067\u3059'];

const panKeys = [
  'pan=',
  'PAN: ',
  '"card_no":"',
  '"card_no":["',
  'card_number=',
  'cardNumber: ',
  '\u30ab\u30fc\u30c9\u756a\u53f7\uff1a',
  '\u30ab\u30fc\u30c9\u756a\u53f7(1)=',
  'card_number[0]=',
  'pan_2=',
  '<pan>',
  'pan=\u001b[36m',
  'pan#011',
  'pan=3D',
  'pan^I',
];
const codeKeys = [
  'cvv=',
  'CVV2: ',
  '"cvc":"',
  'cvv=\u001b[36m',
  '\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3\u30b3\u30fc\u30c9\uff1a',
  'security_code=',
  '"cvv":["',
  'cvv=#033[36m',
  'cvv#011',
  'cvv=3D',
  'cvv^I',
  '<cvv>',
];

export interface Planted {
  kind: string;
  record: Buffer;
  /** Whether more than may stay can be read in what the masker made of the record. */
  isClear: (masked: Buffer) => boolean;
}

interface Written {
  kind: string;
  text: string;
  /** Digits of which first six and last four may stay, or none. */
  digits: string;
  isWhole: boolean;
}

function unkeyed(random: Random): Written {
  const spelling = pick(spellings, random);
  const digits = cardNumber(random);
  return {
    kind: spelling.name,
    text: spelling.write(digits, random) ?? digits,
    digits,
    isWhole: spelling.isWhole === true,
  };
}

function keyed(random: Random): Written {
  if (random() < 0.4) {
    const digits = String(600 + Math.floor(random() * 400));
    return { kind: 'code by key', text: pick(codeKeys, random) + digits, digits, isWhole: true };
  }
  const valid = cardNumber(random);
  const digits = valid.slice(0, -1) + String((Number(valid.at(-1)) + 1 + Math.floor(random() * 9)) % 10);
  const write = pick(['grouped', 'thousands', 'exponent', 'full width'], random);
  const text =
    write === 'grouped'
      ? grouped(digits, pick(['', '', ' ', '-', '.', ',', ':', '_', '/'], random))
      : write === 'thousands'
        ? thousands(digits, pick([',', "'", '_'], random))
        : write === 'exponent'
          ? exponent(digits, random)
          : digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  return { kind: `${write} by key`, text: pick(panKeys, random) + text, digits, isWhole: false };
}

/** One record with card data in it. */
export function plant(random: Random): Planted {
  const written = random() < 0.7 ? unkeyed(random) : keyed(random);
  const isKeyed = written.kind.endsWith('by key');
  const before = isKeyed
    ? pick(['', ' ', 'id=1 ', '\u6c7a\u6e08 ', '{"a":1,', '\u001b[1m', ','], random)
    : pick(leading, random);
  const behind = pick(trailing, random);
  const text = `\u5883${before}${written.text}${behind}\u754c`;
  const drawn = random() < 0.4 ? utf8 : pick(encodings, random);
  const encoding = drawn.decode(drawn.encode(text)) === text ? drawn : utf8;
  let record = encoding.encode(encoding.name.startsWith('utf-1') && random() < 0.3 ? `\ufeff${text}` : text);
  // The record begins and ends within the characters around, where they are more than one byte.
  const isCut = random() < 0.3 && encoding.name !== 'iso-2022-jp';
  const drawnWrapping = /utf-[13]|iso/.test(encoding.name) || random() < 0.6 ? null : pick(wrappings, random);
  // In quoted-printable an equals sign is written as an escape itself.
  const wrapping =
    drawnWrapping !== null && (drawnWrapping.name === '=' ? text.includes('=') : /=3D|=0A/.test(text))
      ? null
      : drawnWrapping;
  const lost = isCut && wrapping === null ? 1 : 0;
  if (lost > 0) record = record.subarray(lost, record.length - 1);
  if (wrapping !== null) record = wrapBytes(record, wrapping);
  const isClear = (masked: Buffer): boolean => isLeft(written, readable(masked, { encoding, wrapping, lost }));
  return { kind: written.kind, record, isClear };
}

function readable(masked: Buffer, how: { encoding: Encoding; wrapping: Wrapping | null; lost: number }): string {
  const { encoding, wrapping, lost } = how;
  const bytes = wrapping === null ? masked : unwrapBytes(masked, wrapping);
  // A byte that was cut away stands for itself, so that wide characters are read where they begin.
  return encoding.decode(
    lost > 0 && /utf-[13]/.test(encoding.name) ? Buffer.concat([Buffer.alloc(lost), bytes]) : bytes,
  );
}

const colour = new RegExp(`(?:\u001b|${String.raw`\\u001b|#033|\^\[|\\e|\\x1b|\\033|%1B|=1B`})\\[[\\d;]*[A-Za-z]`, 'g');

/** What a reader makes of the text: escapes gone, digits of any width, nothing between them. */
function flat(text: string): string {
  return text
    .replaceAll(/\\u0020|%20|&nbsp;/g, ' ')
    .replaceAll(colour, '')
    .normalize('NFKC')
    .replaceAll(/[\s.,'\u2019:/_+\u2013\u200b\u2060-]/g, '');
}

function isLeft({ digits, text, isWhole, kind }: Written, masked: string): boolean {
  // The zeros behind the point are none of its own, and neither are the elements behind it.
  const read = flat(kind.startsWith('N.0') ? masked.replace(text.slice(digits.length), ' ') : masked).replace(
    /5f2403251231|9f2608a1b2c3d4e5f60718/i,
    ' ',
  );
  if (kind === 'base64') return masked.includes(text);
  if (kind === 'ASCII in hexadecimal') {
    const hexadecimal = Buffer.from(digits).toString('hex');
    return read.includes(hexadecimal.slice(0, 14)) || read.includes(hexadecimal.slice(-10));
  }
  if (kind === 'code by key')
    return (
      new RegExp(`(?<!\\d)${digits}(?!\\d)`).test(read) || read.includes(`3D${digits}`) || read.includes(`011${digits}`)
    );
  if (isWhole) return read.includes(digits.slice(0, 6)) || read.includes(digits.slice(-4) + 'D2512');
  // What stays at the beginning may look like the end; stars follow it.
  const isEndLeft = new RegExp(`${digits.slice(-5)}(?!\\d*[*])`).test(read.replaceAll('*10**', ' '));
  return read.includes(digits.slice(0, 7)) || isEndLeft;
}
