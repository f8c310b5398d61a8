import { findEncoding, type TextEncoding } from '@akashi/line-text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OnRecord } from './frame-splitter.ts';
import { messageDecoder } from './message-decoder.ts';
import { WideLineSplitter } from './wide-line-splitter.ts';

function decoded(name: string, ...parts: Buffer[]): { texts: string[]; undecodable: number } {
  let undecodable = 0;
  const decoder = messageDecoder(name, (bytes) => (undecodable += bytes));
  const texts = parts.map((part, index) => String(decoder?.decode(part, index < parts.length - 1) ?? part));
  return { texts, undecodable };
}

function named(name: string): TextEncoding {
  const encoding = findEncoding(name);
  if (encoding === undefined) throw new Error(name);
  return encoding;
}

describe('messages of a source in another encoding', () => {
  it('become UTF-8, and what is not in the encoding is kept and counted', () => {
    const shiftJis = Buffer.concat([
      Buffer.from('<13>pos: '),
      Buffer.from([0x83, 0x4a, 0x81, 0x46]),
      Buffer.from('4556'),
    ]);
    expect(decoded('windows-31j', shiftJis)).toEqual({ texts: ['<13>pos: カ：4556'], undecodable: 0 });
    expect(decoded('iso-2022-jp', Buffer.from('<13>\x1b$B;~\x1b(B4556')).texts).toEqual(['<13>時4556']);
    expect(decoded('euc-jp', Buffer.from([0xbb, 0xfe, 0xff]))).toEqual({ texts: ['時\u{10FEFF}'], undecodable: 1 });
    for (const name of ['utf-8', '', 'klingon']) expect(messageDecoder(name, () => undefined)).toBeUndefined();
    expect(messageDecoder(null, () => undefined)).toBeUndefined();
  });

  it('believe a byte order mark more than the setting', () => {
    const marked = Buffer.from('<13>1 - h a - - - \ufeffカード');
    expect(decoded('shift_jis', marked).texts).toEqual([marked.toString()]);
    expect(decoded('shift_jis', Buffer.from('\ufeff時刻', 'utf16le')).texts).toEqual(['時刻']);
  });

  it('have whole characters, however they were cut', () => {
    const bytes = Buffer.concat(Array<Buffer>(40).fill(Buffer.from([0x83, 0x5c, 0x20, 0xb1])));
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 4 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const parts = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        const { texts, undecodable } = decoded('shift_jis', ...parts);
        expect([texts.join(''), undecodable]).toEqual(['ソ ｱ'.repeat(40), 0]);
      }),
    );
  });

  it('have the half of a character back that the end of a frame took', () => {
    expect(decoded('utf-16le', Buffer.from('時a', 'utf16le').subarray(0, -1)).texts).toEqual(['時a']);
    const bigEndian = Buffer.from('時a', 'utf16le').swap16();
    expect(decoded('utf-16be', Buffer.concat([bigEndian, Buffer.from([0])]))).toEqual({
      texts: ['時a'],
      undecodable: 0,
    });
  });
});

describe('lines of UTF-16 on a connection', () => {
  it('end in a line feed of two bytes, whatever chunks they come in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '\u0a0a', '\u0a00', '\n', '\r\n', '時', '<', '\0'), { maxLength: 60 }),
        fc.array(fc.nat(9), { maxLength: 30 }),
        fc.boolean(),
        (pieces, sizes, isBigEndian) => {
          const text = pieces.join('');
          const bytes = Buffer.from(text, 'utf16le');
          if (isBigEndian) bytes.swap16();
          const records: { text: string; flags: number }[] = [];
          const add: OnRecord = (source, { start, end, flags }) => {
            const copy = Buffer.from(source.subarray(start, end));
            records.push({ text: (isBigEndian ? copy.swap16() : copy).toString('utf16le'), flags });
          };
          const splitter = new WideLineSplitter(named(isBigEndian ? 'utf-16be' : 'utf-16le'), 16, add);
          let at = 0;
          for (const size of sizes) {
            splitter.push(bytes.subarray(at, at + size));
            at += size;
          }
          splitter.push(bytes.subarray(at));
          splitter.end();
          expect(splitter.hasPartialFrame).toBe(false);
          const lines: string[] = [];
          for (const record of records) {
            if ((record.flags & 1) !== 0) lines.push(`${lines.pop() ?? ''}${record.text}`);
            else lines.push(record.text);
          }
          expect(lines).toEqual(
            text
              .split('\n')
              .map((line) => line.replace(/\r$/, ''))
              .filter((line) => line !== ''),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
