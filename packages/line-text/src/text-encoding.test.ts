import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodingNames, findEncoding, restoreBytes, withMark, type TextEncoding } from './index.ts';

function named(name: string): TextEncoding {
  const encoding = findEncoding(name);
  if (encoding === undefined) throw new Error(name);
  return encoding;
}

function decoded(name: string, bytes: number[] | string): string {
  return decodeText(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Uint8Array.from(bytes), named(name))
    .text;
}

describe('names', () => {
  it('are those of Python, of the WHATWG and of IANA, however their words are parted', () => {
    for (const name of encodingNames) expect(findEncoding(name), name).toBeDefined();
    for (const [names, label] of [
      [['utf_8', 'utf-8-sig', 'UTF8', 'U8', 'ascii', 'us-ascii'], 'utf-8'],
      [['shift_jis', 'SJIS', 'cp932', 'ms932', 'windows-31j', 'x-sjis'], 'shift_jis'],
      [['euc_jp', 'EUC-JP', 'ujis'], 'euc-jp'],
      [['iso2022_jp', 'ISO-2022-JP', 'iso2022_jp_ext', 'csISO2022JP'], 'iso-2022-jp'],
      [['latin_1', 'iso-8859-1', 'L1', 'iso8859_1'], 'iso-8859-1'],
      [['utf_16', 'UTF-16'], 'utf-16'],
      [['utf_16_le', 'UTF-16LE'], 'utf-16le'],
      [['cp1252', 'windows-1252'], 'windows-1252'],
    ] as const) {
      for (const name of names) expect(findEncoding(name)?.label, name).toBe(label);
    }
    for (const name of ['klingon', '', '4556734500085943', 'constructor']) expect(findEncoding(name)).toBeUndefined();
  });
});

describe('decoding', () => {
  it('reads Japanese in every encoding that it comes in', () => {
    const shiftJis = [0x8e, 0x9e, 0x8d, 0x8f, 0x20, 0x83, 0x5c, 0xb1];
    for (const name of ['shift_jis', 'cp932', 'shift_jis_2004', 'shift_jisx0213'])
      expect(decoded(name, shiftJis)).toBe('時刻 ソｱ');
    for (const name of ['euc_jp', 'euc_jis_2004'])
      expect(decoded(name, [0xbb, 0xfe, 0xb9, 0xef, 0x8e, 0xb1])).toBe('時刻ｱ');
    for (const name of [
      'iso2022_jp',
      'iso2022_jp_1',
      'iso2022_jp_2',
      'iso2022_jp_2004',
      'iso2022_jp_3',
      'iso2022_jp_ext',
    ])
      expect(decoded(name, '\x1b$B;~9o\x1b(B 4556 \x1b(I1\x1b(B.')).toBe('時刻 4556 ｱ.');
    expect(decoded('iso2022_jp', '\x0e1\x0f.')).toBe('ｱ.');
    expect(decoded('cp932', [0x87, 0x40, 0xfb, 0xfc])).toBe('①髙');
  });

  it('reads what the extensions of JIS have', () => {
    expect(decoded('shift_jis_2004', [0x82, 0xf5, 0x87, 0x9f, 0xf0, 0x40])).toBe('か\u309a俱𠂉');
    expect(decoded('euc_jis_2004', [0xa4, 0xf7, 0x8f, 0xa1, 0xa1])).toBe('か\u309a𠂉');
    expect(decoded('iso2022_jp_2004', '\x1b$(Q$w\x1b$(P!!\x1b(B')).toBe('か\u309a𠂉');
    expect(decoded('iso2022_jp_1', '\x1b$(D0!\x1b(B')).toBe('丂');
    expect(decoded('iso2022_jp_2', '\x1b.A\x1bNi \x1b$A2b\x1b(B')).toBe('é 测');
  });

  it('reads the other encodings of the awslogs reference', () => {
    expect(decoded('latin_1', [0xe9, 0x80])).toBe('é\u0080');
    expect(decoded('cp1252', [0x80])).toBe('€');
    expect(decoded('cp437', [0x82])).toBe('é');
    expect(decoded('koi8_r', [0xf4, 0xc5])).toBe('Те');
    expect(decoded('mac_roman', [0x8e])).toBe('é');
    expect(decoded('big5', [0xa4, 0xa4, 0xc7, 0x41])).toMatch(/^中./u);
    expect(decoded('gb18030', [0xd6, 0xd0, 0x81, 0x30, 0x81, 0x30])).toBe('中\u0080');
    expect(decoded('hz', '~{VPND~} ~~')).toBe('中文 ~');
    expect(decoded('cp949', [0xc7, 0xd1, 0x81, 0x41])).toBe('한갂');
    expect(decoded('johab', [0xd0, 0x65, 0x8b, 0x69, 0xd9, 0x31])).toBe('한글\u3000');
    expect(decoded('iso2022_kr', '\x1b$)C\x0eGQ\x0f ok')).toBe('한 ok');
    expect(decoded('utf_7', '+MKsw/DDJ 1 +- 2')).toBe('カード 1 + 2');
    expect(decoded('utf_32_be', [0, 0, 0x66, 0x42, 0, 1, 0xf6, 0])).toBe('時😀');
    expect(decoded('cp037', [0xf4, 0xf5, 0x40, 0xc1])).toBe('45 A');
    expect([named('cp037').lineEnds, named('cp437').lineEnds]).toEqual([[0x15, 0x25], [0x0a]]);
  });

  it('keeps every byte that is no text, and says how many', () => {
    const broken = Buffer.concat([Buffer.from([0x8e, 0x9e, 0xff]), Buffer.from(' ok')]);
    expect(decodeText(broken, named('cp932'))).toEqual({ text: '時\u{10FEFF} ok', undecodable: 1, state: '' });
    expect(decoded('utf_16_le', [0x41, 0x00, 0x00, 0xd8, 0x42])).toBe('A\u{10FE00}\u{10FED8}\u{10FE42}');
    expect(decodeText(Uint8Array.from([0xe6, 0x99, 0x41]), named('utf-8'))).toMatchObject({ undecodable: 2 });
    expect(decoded('iso2022_jp', '\x1b$B;~\xff\x1b(B')).toBe('時\u{10FEFF}');
  });

  it('gives every byte of a broken UTF-8 text back, and leaves good text alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(restoreBytes(decodeText(bytes, named('utf_8')).text)).toEqual(Buffer.from(bytes));
      }),
    );
    expect(decodeText(Buffer.from('時刻 😀 \\x22'), named('utf-8')).text).toBe('時刻 😀 \\x22');
    const own = Buffer.from('a\u{10FE41}b');
    expect(restoreBytes(decodeText(own, named('utf-8')).text)).toEqual(own);
  });

  it('goes on in the set that a part of the line left', () => {
    const first = decodeText(Buffer.from('a \x1b$B;~'), named('iso2022_jp'));
    expect(first).toEqual({ text: 'a 時', undecodable: 0, state: 'jis' });
    expect(decodeText(Buffer.from('9o'), named('iso2022_jp'), first.state).text).toBe('刻');
  });

  it('gives the same text in two parts as in one, wherever the state changes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...encodingNames), fc.uint8Array({ maxLength: 60 }), (name, bytes) => {
        const encoding = named(name);
        const ends: number[] = [];
        encoding.decoder.walk(bytes, '', (_at, end) => ends.push(end));
        const cut = ends[ends.length >> 1] ?? 0;
        // What a base64 run of UTF-7 stands for is known at its end only; a cut between its characters makes two runs.
        if (encoding.label === 'utf-7') return;
        const first = decodeText(bytes.subarray(0, cut), encoding);
        const state = encoding.decoder.walk(bytes.subarray(0, cut), '', () => undefined);
        const both = first.text + decodeText(bytes.subarray(cut), encoding, state).text;
        expect(both).toBe(decodeText(bytes, encoding).text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a byte order mark', () => {
  it('decides where the order is left to it, and where UTF-8 was said', () => {
    const utf16be = Buffer.from('\ufeff時', 'utf16le').swap16();
    for (const name of ['utf_16', 'utf_8']) expect(withMark(named(name), utf16be).label).toBe('utf-16be');
    expect(withMark(named('utf_16'), Buffer.from([0xff, 0xfe, 0x42, 0x66])).label).toBe('utf-16le');
    expect(withMark(named('utf_16'), Buffer.from([0x42, 0x66])).label).toBe('utf-16le');
    expect(withMark(named('utf_32'), Buffer.from([0x00, 0x00, 0xfe, 0xff])).label).toBe('utf-32be');
    expect(withMark(named('utf_8'), Buffer.from([0xff, 0xfe, 0x00, 0x00])).label).toBe('utf-32le');
    expect(withMark(named('utf_16_le'), utf16be).label).toBe('utf-16le');
    expect(withMark(named('shift_jis'), utf16be).label).toBe('shift_jis');
  });
});
