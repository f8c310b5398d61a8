import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

const latin = (codePoint: number): boolean => codePoint < 0x100 || codePoint === 0x202e;

describe('what a page shows of a text', () => {
  it.each([
    ['a sign that the font lacks', 'a😀b', String.raw`a\u{1f600}b`],
    ['a control', 'a\u0000\u001b[31mb\u0007', String.raw`a\u{0}\u{1b}[31mb\u{7}`],
    ['a tab', 'a\tb', String.raw`a\u{9}b`],
    ['an override of direction, though the font has it', 'a\u202Eb', String.raw`a\u{202e}b`],
    ['text from right to left', '\u05D0', String.raw`\u{5d0}`],
    ['half of a pair', 'a\uD800b', String.raw`a\u{d800}b`],
    ['a line feed', 'a\nb', 'a\\u{a}\nb'],
    ['what looks like an escape', String.raw`\u{41} \n`, String.raw`\u{5c}u{41} \n`],
  ])('writes %s so that it is seen', (_, text, shown) => {
    expect(visibleText(text, latin)).toBe(shown);
  });

  it('loses nothing: every text can be read back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.constantFrom('\\', 'u', '{', '}', '5', 'c', '\n'), fc.string()) }),
        (text) => {
          const shown = visibleText(text, latin).replaceAll('\n', '');
          const read = shown.replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) =>
            String.fromCodePoint(parseInt(hex, 16)),
          );
          expect(read).toBe(text);
        },
      ),
    );
  });
});
