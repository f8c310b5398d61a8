import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTable, tableEncoding } from './decode-table.ts';

/** `サーバ名,ID` and `髙橋①` as Excel writes them on Windows in Japan. */
const shiftJis = Uint8Array.from([
  0x83, 0x54, 0x81, 0x5b, 0x83, 0x6f, 0x96, 0xbc, 0x2c, 0x49, 0x44, 0x0d, 0x0a, 0xfb, 0xfc, 0x8b, 0xb4, 0x87, 0x40,
]);

describe('decodeTable', () => {
  it('reads what Excel writes, declared or not', () => {
    const text = 'サーバ名,ID\r\n髙橋①';
    expect(decodeTable(shiftJis, null)).toEqual({ text, encoding: 'shift_jis' });
    expect(decodeTable(shiftJis, 'shift_jis')).toEqual({ text, encoding: 'shift_jis' });
    expect(decodeTable(new TextEncoder().encode(`\ufeff${text}`), 'shift_jis')).toEqual({ text, encoding: 'utf-8' });
    const wide = Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
    expect(decodeTable(wide, null)).toEqual({ text, encoding: 'utf-16le' });
  });

  it('names the line that is no text of the encoding', () => {
    expect(decodeTable(shiftJis, 'utf-8')).toEqual({ line: 1, encoding: 'utf-8' });
    const broken = Uint8Array.from([...new TextEncoder().encode('人,氏名\r\n山,田\r\n'), 0xff, 0xff]);
    expect(decodeTable(broken, null)).toEqual({ line: 3, encoding: 'utf-8' });
  });

  it('gives back every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.startsWith('\ufeff'));
        expect(decodeTable(new TextEncoder().encode(text), null)).toEqual({ text, encoding: 'utf-8' });
      }),
    );
  });

  it('knows the labels of its encodings and no other', () => {
    expect(['UTF-8', 'Shift_JIS', 'windows-31j', 'cp932'].map(tableEncoding)).toEqual([
      'utf-8',
      'shift_jis',
      'shift_jis',
      'shift_jis',
    ]);
    expect(['euc-jp', 'constructor', ''].map(tableEncoding)).toEqual([undefined, undefined, undefined]);
  });
});
