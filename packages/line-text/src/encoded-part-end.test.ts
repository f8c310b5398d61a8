import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodedPartEnd, findEncoding, type TextEncoding } from './index.ts';

const calm = 'so it was said, and then again, by all of us, ';
const number = '4556 7345 0008 5943';

function wide(text: string, bytes: 2 | 4): Buffer {
  return Buffer.from(Array.from(text, (char) => [...Array<number>(bytes - 1).fill(0), char.charCodeAt(0)]).flat());
}

/** `kanji` is a text of the encoding that a reader must not mistake for ASCII. */
const written: [name: string, encode: (text: string) => Buffer, kanji: Buffer][] = [
  ['utf_8', (text) => Buffer.from(text), Buffer.from('表示')],
  ['cp932', (text) => Buffer.from(text), Buffer.from([0x83, 0x5c, 0x83, 0x7c])],
  ['euc_jp', (text) => Buffer.from(text), Buffer.from([0xbb, 0xfe, 0xb9, 0xef])],
  ['iso2022_jp', (text) => Buffer.from(text), Buffer.from('\x1b$B;~#4#5#6\x1b(B')],
  ['utf_16_be', (text) => wide(text, 2), Buffer.from([0x66, 0x42])],
  ['utf_32_be', (text) => wide(text, 4), Buffer.from([0, 0, 0x66, 0x42])],
  ['cp037', (text) => ebcdic(text), Buffer.from([0xc1])],
];

function ebcdic(text: string): Buffer {
  const codes: Record<string, number> = { ' ': 0x40, ',': 0x6b };
  return Buffer.from(
    Array.from(text, (char) => {
      if (/\d/.test(char)) return 0xf0 + Number(char);
      const at = 'abcdefghi'.indexOf(char);
      return codes[char] ?? (at >= 0 ? 0x81 + at : 0x95);
    }),
  );
}

function parts(bytes: Buffer, maxBytes: number, encoding: TextEncoding): string[] {
  const texts: string[] = [];
  let state = '';
  for (let at = 0; at < bytes.length;) {
    const next = encodedPartEnd(bytes, { start: at, end: bytes.length, maxBytes }, { encoding, state });
    texts.push(decodeText(bytes.subarray(at, next.end), encoding, state).text);
    expect(next.end).toBeGreaterThan(at);
    expect(next.end - at).toBeLessThanOrEqual(maxBytes);
    [at, state] = [next.end, next.state];
  }
  return texts;
}

describe('the end of a part', () => {
  it('parts no number and no character, in any encoding', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...written),
        fc.nat(400),
        fc.integer({ min: 600, max: 1200 }),
        (given, lead, maxBytes) => {
          const [name, encode, kanji] = given;
          const encoding = findEncoding(name);
          if (encoding === undefined) throw new Error(name);
          const around = encode(calm);
          const bytes = Buffer.concat([
            around.subarray(0, 4 * (lead % 10)),
            kanji,
            ...Array<Buffer>(8).fill(around),
            encode(number),
            kanji,
            ...Array<Buffer>(20).fill(around),
          ]);
          const texts = parts(bytes, maxBytes, encoding);
          expect(texts.join('')).toBe(decodeText(bytes, encoding).text);
          expect(texts.some((text) => text.includes(number))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is at the limit at last in bytes that are no text', () => {
    const encoding = findEncoding('cp932');
    if (encoding === undefined) throw new Error('cp932');
    expect(parts(Buffer.alloc(1000, 0xff), 100, encoding).join('')).toBe('\u{10FEFF}'.repeat(1000));
  });
});
