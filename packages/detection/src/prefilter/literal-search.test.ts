import fc from 'fast-check';
import { foldToken } from '@akashi/query';
import { expect, it } from 'vitest';
import { LiteralSearch } from './literal-search.ts';
import { beyondAscii } from './requirement.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', ' '), minLength: 1, maxLength: 5 });
const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'A', 'c', '/', ' ', 'x', '証'), maxLength: 30 });

it('finds every literal that is in a text, in whatever case, and no other', () => {
  fc.assert(
    fc.property(fc.uniqueArray(letters, { maxLength: 8 }), text, (literals, searched) => {
      const all = [...literals, beyondAscii];
      const search = new LiteralSearch(new Map(all.map((literal, number) => [literal, [number]])));
      const found = new Set<number>();
      search.search(searched, (number) => found.add(number));
      const lowered = searched.toLowerCase();
      const expected = all.flatMap((literal, number) => {
        return (literal === beyondAscii ? lowered.includes('証') : lowered.includes(literal)) ? [number] : [];
      });
      expect([...found].toSorted((a, b) => a - b)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('says of a text whether its folded form is to be searched', () => {
  const search = new LiteralSearch(new Map());
  const isToFold = (searched: string): boolean => search.search(searched, () => undefined);
  expect(['ＦＡＩＬ', '\u3000', '\u212a', '\u0130'].map(isToFold)).toEqual([true, true, true, true]);
  for (let code = 0x80; code <= 0xffff; code++) {
    const sign = String.fromCharCode(code);
    // oxlint-disable-next-line no-control-regex -- every ASCII character may be looked for
    if (/[\u0000-\u007f]/.test(foldToken(sign))) expect(isToFold(sign), code.toString(16)).toBe(true);
  }
  expect(['fail', '失敗', 'ｶ', 'é'].map(isToFold)).toEqual([false, false, false, false]);
});
