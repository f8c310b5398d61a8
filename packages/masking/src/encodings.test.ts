/** What separates is decided on decoded text: the last byte of an escape or of a character is no letter of a word. */
import { describe, expect, it } from 'vitest';
import { createMasker, maskFailClosed } from './index.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });
const mask = (text: string): string => masker.maskText(text);
const maskBytes = (record: Buffer): Buffer => masker.mask(record)?.record ?? record;
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const join = (...parts: (Buffer | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));

const visa = '4111111111111111';
const masked = '411111******1111';

describe('control sequences of terminals', () => {
  it.each(['\u001b', '\\u001b', '\\u001B', '\\x1b', '\\e', '\\033', '#033', '^[', '%1B', '&#27;', '\u241b', '=1B'])(
    'that begin with %j have no width',
    (escape) => {
      for (const sequence of ['[32m', '[0;38;5;208m', '[K', '[2J', '(B', '[1;31m']) {
        for (const key of ['card ', 'pan=', 'カード番号：', '"']) {
          expect(mask(`${key}${escape}${sequence}${visa}${escape}[0m ok`)).toBe(
            `${key}${escape}${sequence}${masked}${escape}[0m ok`,
          );
        }
      }
      expect(mask(`cvv=${escape}[36m731${escape}[0m`)).toBe(`cvv=${escape}[36m***${escape}[0m`);
      expect(mask(`pan=${escape}[36m4980000123456789${escape}[0m`)).toBe(
        `pan=${escape}[36m498000******6789${escape}[0m`,
      );
      expect(mask(`x ${escape}[32m4111 1111 1111 1111${escape}[39m`)).toBe(
        `x ${escape}[32m4111 11** **** 1111${escape}[39m`,
      );
    },
  );

  it('are read over within a number, as where a search marks a part of it', () => {
    expect(mask('\u001b[32m4111\u001b[01;31m\u001b[K1111\u001b[m\u001b[K11111111\u001b[0m')).toBe(
      '\u001b[32m4111\u001b[01;31m\u001b[K11**\u001b[m\u001b[K****1111\u001b[0m',
    );
  });

  it('may have lost their first character on the way', () => {
    expect(mask(`[32m${visa}[0m`)).toBe(`[32m${masked}[0m`);
    expect(mask('cvv=[36m731[0m')).toBe('cvv=[36m***[0m');
  });
});

describe('control characters as daemons and mail write them', () => {
  it.each(['#011', '^I', '\\011', '\\t', '#012', '^M', '^@', '=0A', '=3D', '\\\\t', '%09', '&#9;'])(
    '%j is no part of a number',
    (written) => {
      expect(mask(`card${written}${visa}${written}ok`)).toBe(`card${written}${masked}${written}ok`);
    },
  );

  it('and stands between a key and its value', () => {
    for (const written of ['#011', '^I', '\\011', '=3D', '=3d', '=3A=20']) {
      expect(mask(`x pan${written}4980000123456789 y`)).toBe(`x pan${written}498000******6789 y`);
      expect(mask(`x cvv${written}731 y`)).toBe(`x cvv${written}*** y`);
    }
  });

  it.each([
    ['\\225\\002720333161743299(\\212E', '\\225\\00272033******3299(\\212E'],
    ['\\213\\253\\203\\0346194937222432', '\\213\\253\\203\\0346194*****2432'],
    ['\\x8b\\xab\\x83\\004137220227497254 ok', '\\x8b\\xab\\x83\\00413722******7254 ok'],
  ])('a backslash behind a byte may be the second one of its character, in %j', (record, expected) => {
    expect(mask(record)).toBe(expected);
  });

  it('leaves numbers that only look so', () => {
    for (const text of ['order #0112611301155001234', 'x^I=4', 'id=202611301155001234', '=2041']) {
      expect(mask(text)).toBe(text);
    }
  });
});

/** カード番号 in each encoding, then `：`. */
const cardNumber = {
  shift_jis: ['83 4a 81 5b 83 68 94 d4 8d 86', '81 46'],
  'euc-jp': ['a5 ab a1 bc a5 c9 c8 d6 b9 e6', 'a1 a7'],
} as const;

describe.each(Object.entries(cardNumber))('%s', (_encoding, [name, colon]) => {
  it('is read, and its second bytes are no letters', () => {
    for (const between of [bytes(colon), Buffer.from('='), Buffer.from(' ')]) {
      const record = join('pos: ', bytes(name), between, '4980000123456789', between, ' ok');
      expect(maskBytes(record)).toEqual(join('pos: ', bytes(name), between, '498000******6789', between, ' ok'));
    }
    const direct = join(bytes(name.slice(0, 14)), visa, bytes(colon));
    expect(maskBytes(direct)).toEqual(join(bytes(name.slice(0, 14)), masked, bytes(colon)));
  });

  it('is read where its bytes were written in ASCII', () => {
    const record = [...join(bytes(name), bytes(colon))];
    const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
    for (const write of [
      (byte: number) => `\\x${hex(byte)}`,
      (byte: number) => `%${hex(byte)}`,
      (byte: number) => `=${hex(byte).toUpperCase()}`,
      (byte: number) => `#${byte.toString(8)}`,
      (byte: number) => `\\${byte.toString(8)}`,
      (byte: number) => String.fromCodePoint(0x10fe00 + byte),
    ]) {
      const key = record.map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : write(byte))).join('');
      expect(mask(`${key}4980000123456789 ok`)).toBe(`${key}498000******6789 ok`);
    }
  });
});

describe('ISO-2022-JP', () => {
  const key = Buffer.from("\u001b$B%+!<%IHV9f!'\u001b(B");
  it('is read', () => {
    expect(maskBytes(join(key, '4980000123456789'))).toEqual(join(key, '498000******6789'));
    expect(maskBytes(join('\u001b$B%+!<%I\u001b(B', visa))).toEqual(join('\u001b$B%+!<%I\u001b(B', masked));
  });

  it('gets stars of two bytes among characters of two bytes', () => {
    expect(maskBytes(join('\u001b$B', '#4#1#1#1#1#1#1#1#1#1#1#1#1#1#1#1', '\u001b(B')).toString()).toBe(
      '\u001b$B#4#1#1#1#1#1!v!v!v!v!v!v#1#1#1#1\u001b(B',
    );
  });
});

describe('UTF-16 and UTF-32 that nobody declared', () => {
  const text = `カード番号：4980000123456789 決済 ${visa} "cvv":"731"`;
  const starred = `カード番号：498000******6789 決済 ${masked} "cvv":"***"`;
  const encoders = {
    'UTF-16LE': (from: string) => Buffer.from(from, 'utf16le'),
    'UTF-16BE': (from: string) => Buffer.from(from, 'utf16le').swap16(),
    'UTF-32LE': (from: string) => Buffer.concat(Array.from(from, (character) => bytes32(character))),
    'UTF-32BE': (from: string) => Buffer.concat(Array.from(from, (character) => bytes32(character).reverse())),
  };
  const bytes32 = (character: string): Buffer => {
    const unit = Buffer.alloc(4);
    unit.writeUInt32LE(character.codePointAt(0) ?? 0);
    return unit;
  };

  it.each(Object.entries(encoders))(
    '%s is read from wherever it begins, and its stars are as wide',
    (_name, encode) => {
      for (const mark of ['', '\ufeff']) {
        expect(maskBytes(encode(mark + text))).toEqual(encode(mark + starred));
        for (const header of ['<134>Nov 30 12:00:00 web01 pos: ', '\u0000', 'x', 'xyz']) {
          expect(maskBytes(join(header, encode(text)))).toEqual(join(header, encode(starred)));
        }
      }
      expect(maskBytes(encode(`{"n":${visa}}`))).toEqual(encode(`{"n":"${masked}"}`));
    },
  );

  it.each(Object.entries(encoders))('%s that is cut within a character has no digit left over', (name, encode) => {
    const unit = name.startsWith('UTF-16') ? 2 : 4;
    const cutOff = (from: string): Buffer => encode(from).subarray(1, -1);
    for (const [number, ...clear] of [
      ['pan=3606/174828/7272、界', '360617482', '48287272'],
      ['pan=3678/757062/9321番号は界', '367875706', '70629321'],
      ['card 00004455973083217968卡号界', '44559730', '17968'],
      ['card 06011467346203818卡号界', '60114673', '03818'],
    ] as const) {
      const record = maskBytes(cutOff(`境${number}`));
      const whole = Buffer.concat([Buffer.alloc(1), record, Buffer.alloc(1)]);
      const ascii = whole.filter((byte, at) => byte !== 0 && at % unit === (name.endsWith('LE') ? 0 : unit - 1));
      const digits = Buffer.from(ascii).toString('latin1').replaceAll('/', '');
      for (const part of clear) expect(digits).not.toContain(part);
    }
  });

  it('notes say where the stars are', () => {
    const result = masker.mask(Buffer.from(`ab ${visa} cvv=123`, 'utf16le'));
    expect(
      result?.notes.map(({ rule, start, length }) => [
        rule,
        result.record.subarray(start, start + length).toString('utf16le'),
      ]),
    ).toEqual([
      ['pan', '******'],
      ['verification-code', '***'],
    ]);
  });
});

it('fails closed in every encoding', () => {
  expect(maskFailClosed(Buffer.from('a12', 'utf16le')).record).toEqual(Buffer.from('a**', 'utf16le'));
  expect(maskFailClosed(join(bytes('82 53 82 54'), ' 1')).record.toString('latin1')).toBe('** *');
});

it('notes of several readings stand where their stars are', () => {
  const record = join('カード番号=４９８００００１２３４５６７８９ x', '\u001b$B%+!<%I\u001b(B', visa, ' cvv#011731');
  const result = masker.mask(record);
  expect(
    result?.notes.map(({ rule, start, length }) => [rule, result.record.subarray(start, start + length).toString()]),
  ).toEqual([
    ['pan-key', '******'],
    ['pan', '******'],
    ['verification-code', '***'],
  ]);
});
