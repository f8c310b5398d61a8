import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeText, restoreBytes, textEncoding } from './text-encoding.ts';

function named(name: string): NonNullable<ReturnType<typeof textEncoding>> {
  const encoding = textEncoding(name);
  if (encoding === null) throw new Error(name);
  return encoding;
}

describe('decodeText', () => {
  it('gives every byte of a broken UTF-8 record back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(restoreBytes(decodeText(Buffer.from(bytes), named('utf_8')))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('leaves good text alone, and escapes the escape characters themselves', () => {
    expect(decodeText(Buffer.from('時刻 😀 \\x22'), named('utf-8'))).toBe('時刻 😀 \\x22');
    const own = Buffer.from('a\u{10FE41}b');
    expect(restoreBytes(decodeText(own, named('utf-8')))).toEqual(own);
  });

  it('knows the names that Python has for encodings', () => {
    const shiftJis = Buffer.from([0x8e, 0x9e, 0x8d, 0x8f, 0x20, 0x83, 0x5c]);
    for (const name of ['shift_jis', 'cp932', 'sjis', 'Shift-JIS'])
      expect(decodeText(shiftJis, named(name))).toBe('時刻 ソ');
    expect(decodeText(Buffer.from([0xbb, 0xfe, 0xb9, 0xef]), named('euc_jp'))).toBe('時刻');
    expect(decodeText(Buffer.from('時刻', 'utf16le'), named('utf_16_le'))).toBe('時刻');
    expect(decodeText(Buffer.from('時刻', 'utf16le').swap16(), named('utf-16-be'))).toBe('時刻');
    expect(textEncoding('klingon')).toBeNull();
  });

  it('keeps a byte that is no Shift_JIS, and the text around it', () => {
    const bytes = Buffer.concat([Buffer.from([0x8e, 0x9e]), Buffer.from([0xff]), Buffer.from(' ok')]);
    expect(decodeText(bytes, named('cp932'))).toBe('時\u{10FEFF} ok');
  });

  it('keeps lone surrogates and odd bytes of UTF-16', () => {
    expect(decodeText(Buffer.from([0x41, 0x00, 0x00, 0xd8, 0x42]), named('utf_16_le'))).toBe(
      'A\u{10FE00}\u{10FED8}\u{10FE42}',
    );
  });
});
