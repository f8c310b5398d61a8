import { describe, expect, it } from 'vitest';
import { createMasker } from './index.ts';
import { luhnNumber, truncated } from './masking.fixtures.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });
const mask = (text: string): string => masker.maskText(text);

const networks: readonly (readonly [string, string, readonly number[]])[] = [
  ['Visa', '4', [13, 16, 19]],
  ['Mastercard 51', '51', [16]],
  ['Mastercard 55', '55', [16]],
  ['Mastercard 2221', '2221', [16]],
  ['Mastercard 2720', '2720', [16]],
  ['American Express 34', '34', [15]],
  ['American Express 37', '37', [15]],
  ['JCB 3528', '3528', [16, 17, 18, 19]],
  ['JCB 3589', '3589', [16, 19]],
  ['Diners Club 300', '300', [14, 16, 19]],
  ['Diners Club 3095', '3095', [14, 16]],
  ['Diners Club 36', '36', [14, 16, 19]],
  ['Diners Club 38', '38', [14]],
  ['Discover 6011', '6011', [16, 19]],
  ['Discover 65', '65', [16]],
  ['UnionPay 62', '62', [16, 17, 18, 19]],
  ['Maestro 5018', '5018', [13, 16, 19]],
  ['Maestro 6759', '6759', [16, 18, 19]],
  ['RuPay 60', '6079', [16]],
  ['Troy', '9792', [16]],
  ['Mir', '2200', [16, 19]],
  ['Verve', '506105', [16, 18, 19]],
];

const surroundings: readonly (readonly [string, string])[] = [
  ['', ''],
  ['start ', ''],
  ['', ' end'],
  ['番号', 'です'],
  ['"', '"'],
  ['(', ')'],
  ['/pay/', '/done'],
  ['a,"', '",b'],
  ['x=', '&y=1'],
  ['user [', ']:'],
  ['\u3010', '\u3011'],
  ['order-', ';'],
  ['2024 ', ' 200 OK'],
  ['line\\n', '\\n'],
  ['\u0000', '\u0000'],
];

describe('card numbers by themselves', () => {
  for (const [network, prefix, lengths] of networks) {
    for (const length of lengths) {
      it(`masks ${network} with ${length} digits wherever it stands`, () => {
        const pan = luhnNumber(prefix, length);
        for (const [before, after] of surroundings) {
          expect(mask(before + pan + after)).toBe(before + truncated(pan) + after);
        }
      });
    }
  }

  const pan = luhnNumber('4', 16);
  const groups = pan.match(/\d{4}/g) ?? [];
  const maskedGroups = truncated(pan).match(/.{4}/g) ?? [];

  it.each([
    ' ',
    '-',
    '.',
    '\u00a0',
    '\u2009',
    '\u3000',
    '\u2013',
    '\uff0d',
    '%20',
    '+',
    '%2D',
    '&nbsp;',
    '\\u0020',
    '\u200b',
    ' - ',
    '/',
    '_',
    '\u30fc',
    '%2520',
  ])('masks over the separator %j and leaves it', (separator) => {
    expect(mask(`n ${groups.join(separator)} x`)).toBe(`n ${maskedGroups.join(separator)} x`);
  });

  it('asks for one and the same separator', () => {
    for (const text of [`${groups[0]}-${groups[1]} ${groups[2]}-${groups[3]}`, groups.join(':'), groups.join(', ')]) {
      expect(mask(text)).toBe(text);
    }
  });

  it('masks other groupings and single digits set apart', () => {
    expect(mask('3782 822463 10005')).toBe('3782 82**** *0005');
    expect(mask('3622 720627 1667')).toBe('3622 72**** 1667');
    expect(mask(pan.split('').join(' '))).toBe(truncated(pan).split('').join(' '));
  });

  it.each<[string, (digit: string) => string]>([
    ['full-width digits', (digit) => String.fromCharCode(0xff10 + Number(digit))],
    ['Arabic-Indic digits', (digit) => String.fromCharCode(0x660 + Number(digit))],
    ['Devanagari digits', (digit) => String.fromCharCode(0x966 + Number(digit))],
    ['mathematical digits', (digit) => String.fromCodePoint(0x1d7ce + Number(digit))],
    ['URL escapes', (digit) => `%3${digit}`],
    ['JSON escapes', (digit) => `\\u003${digit}`],
    ['doubled JSON escapes', (digit) => `\\\\u003${digit}`],
    ['C escapes', (digit) => `\\x3${digit}`],
    ['decimal entities', (digit) => `&#${48 + Number(digit)};`],
    ['hexadecimal entities', (digit) => `&#x3${digit};`],
    ['escaped full-width digits', (digit) => `\\uff1${digit}`],
    ['percent-encoded full-width digits', (digit) => encodeURIComponent(String.fromCharCode(0xff10 + Number(digit)))],
  ])('reads %s', (_name, write) => {
    const written = pan.split('').map((digit) => write(digit));
    const expected = written.map((digit, at) => (at >= 6 && at < 12 ? '*' : digit)).join('');
    expect(mask(`n ${written.join('')} x`)).toBe(`n ${expected} x`);
  });

  it('masks two numbers of one line', () => {
    expect(mask(`${pan} 378282246310005`)).toBe(`${truncated(pan)} 378282*****0005`);
    expect(mask(`${pan},${pan}`)).toBe(`${truncated(pan)},${truncated(pan)}`);
  });

  it('keeps nothing when the policy says so', () => {
    const strict = createMasker({ version: 'test', keep: 'none' });
    expect(strict.maskText(`a ${pan} b PAN=4980000123456789`)).toBe('a **************** b PAN=****************');
    expect(strict.maskText('card_number=411111******1111')).toBe('card_number=****************');
  });

  it('replaces a base64 token that stands for card data', () => {
    for (const text of [
      pan,
      `x ${groups.join(' ')}`,
      `{"pan":"4980000123456789"}`,
      `{"cvv":"123","name":"somebody"}`,
      `カード番号は${pan}です`,
    ]) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const token = Buffer.from(text).toString(encoding).replace(/=+$/, '');
        expect(mask(`token ${token} end`)).toBe(`token ${'*'.repeat(token.length)} end`);
      }
    }
    const innocent = Buffer.from('nothing to see in this text at all').toString('base64');
    expect(mask(innocent)).toBe(innocent);
  });
});

describe('what looks like a card number and is none', () => {
  it.each([
    'ts=1700000000123 us=1700000000123456 ns=1700000000123456789',
    '20261122162221123 and 20261122162221',
    'snowflake 1727475099218615100 1799999999999999999',
    'blk_-1608999687919862906 blk_38865049064139660 blk_4111111111111111 blk_-4111111111111111',
    'trace_id=4111111111111111 spanId: 4111111111111111 "traceId":"4111111111111111"',
    'imei=490154203237518 iccid=8981100022152967705 IMEI: 4111111111111111',
    '550e8400-e29b-41d4-a716-446655440000 e29b-4111-111111111111',
    '4bf92f3577b34da6a3ce929d0e0e4736 a4111111111111111b',
    '0.4111111111111111 and 3.4111111111111111 v1.4111111111111111 4111111111111111.25',
    '192.168.100.200 10.251.73.220:50010 2001:db8::1',
    '4111111111111112 6011111111111118 41111111111111111111',
    '2026-11-22 16:22:21.123 +0900 081109 203615 148 INFO',
  ])('%s', (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe('bytes', () => {
  const size = 200_000;
  it('takes what is no text, and very long lines', { timeout: 60_000 }, () => {
    const pan = Buffer.from('4111111111111111');
    const broken = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0xe3, 0x80]), pan, Buffer.from([0xc3, 0, 0xf0, 0x9f])]);
    const masked = masker.mask(broken)?.record;
    expect(masked?.toString('latin1')).toBe(broken.toString('latin1').replace('411111111111', '411111******'));
    for (const filler of [
      'x',
      '4',
      '4 ',
      'pan=',
      '[1,',
      '{"a":',
      '\\',
      '%',
      '&',
      'A1+/',
      '"',
      '\u00e3\u0080',
      'number:1,',
    ]) {
      const long = Buffer.from(filler.repeat(Math.ceil(size / filler.length)) + ' 5555555555554444 ');
      expect(masker.mask(long)?.record.includes('555555******4444')).toBe(true);
    }
  });

  it('leaves the given bytes alone', () => {
    const record = Buffer.from('4111111111111111');
    masker.mask(record);
    expect(record.toString()).toBe('4111111111111111');
    expect(masker.mask(Buffer.alloc(0))).toBeNull();
    expect(masker.mask(Buffer.from('nothing here'))).toBeNull();
  });
});
