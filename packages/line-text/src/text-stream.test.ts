import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, findEncoding, TextStream, type TextEncoding } from './index.ts';

function named(name: string): TextEncoding {
  const encoding = findEncoding(name);
  if (encoding === undefined) throw new Error(name);
  return encoding;
}

function streamed(name: string, pieces: readonly Uint8Array[]): { text: string; undecodable: number } {
  const stream = new TextStream(named(name), { isMarked: true });
  const text = pieces.map((piece) => stream.push(Buffer.from(piece))).join('') + stream.end();
  return { text, undecodable: stream.undecodable };
}

describe('a text in pieces', () => {
  it('is the same whatever pieces it comes in, line by line', () => {
    const names = ['cp932', 'euc_jp', 'iso2022_jp', 'utf_16_le', 'utf_32_be', 'utf_16', 'cp037', 'utf_7', 'gb18030'];
    const bytes = fc.array(
      fc.oneof(fc.constantFrom(0x0a, 0x00, 0x1b, 0x24, 0x42, 0x28, 0x83, 0x5c, 0xff, 0xfe, 0x41), fc.nat(255)),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), bytes, fc.array(fc.nat(20), { maxLength: 10 }), (name, all, sizes) => {
        const whole = Uint8Array.from(all);
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          pieces.push(whole.subarray(at, at + size));
          at += size;
        }
        expect(streamed(name, [...pieces, whole.subarray(at)])).toEqual(streamed(name, [whole]));
      }),
      { numRuns: 1000 },
    );
  });

  it('is decoded as it comes where a line is long, and no character is parted', () => {
    const line = Buffer.concat([Buffer.alloc(300_001, Buffer.from([0x83, 0x5c])), Buffer.from('\n')]);
    const stream = new TextStream(named('cp932'), { isMarked: false });
    let longest = 0;
    let text = '';
    for (let at = 0; at < line.length; at += 65_535) {
      const part = stream.push(line.subarray(at, at + 65_535));
      longest = Math.max(longest, part.length);
      text += part;
    }
    expect(text + stream.end()).toBe(decodeText(line, named('cp932')).text);
    expect(longest).toBeLessThan(200_000);
    expect(stream.undecodable).toBe(1);
  });

  it('leaves a byte order mark out, and a broken line to itself', () => {
    expect(streamed('utf_8', [Buffer.from('\ufeff時', 'utf16le')]).text).toBe('時');
    expect(streamed('iso2022_jp', [Buffer.from('\x1b$B;~\nplain\n')]).text).toBe('時\nplain\n');
    expect(streamed('cp037', [Uint8Array.from([0xf4, 0x15, 0xf5])]).text).toBe('4\n5');
  });
});
