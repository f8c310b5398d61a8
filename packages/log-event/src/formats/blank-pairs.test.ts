import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBarHeader } from './bar-header.ts';
import { findBlankPairs, findSeparatedPairs } from './blank-pairs.ts';

const text = fc
  .array(fc.constantFrom('a', 'é', '値', ' ', '\\', '=', '|', '?', ':', '1'), { maxLength: 20 })
  .map((parts) => parts.join('').trim());
const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,9}$/);

const escapeBar = (value: string): string => value.replace(/[\\|]/g, '\\$&');
const escapeEquals = (value: string): string => value.replace(/[\\=]/g, '\\$&');

it('gives back what was written between bars', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 7 }), fc.string(), (values, rest) => {
      const line = `CEF:${values.map((value) => `${escapeBar(value)}|`).join('')}${rest}`;
      const read = readBarHeader(line, 4, { end: line.length, count: values.length });
      expect(read).toEqual({ values, next: line.length - rest.length });
      expect(readBarHeader(line, 4, { end: line.length, count: line.length })).toBeUndefined();
    }),
  );
});

it('gives back pairs whose values hold blanks', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, text), { maxLength: 20 }), (pairs) => {
      const line = pairs.map(([name, value]) => `${name}=${escapeEquals(value)}`).join(' ');
      const found = findBlankPairs(line, 0, line.length);
      expect(found).toMatchObject({
        isCut: false,
        pairs: pairs.map(([name, value]) => ({ key: name, raw: escapeEquals(value) })),
      });
      for (const { raw, at } of found.pairs) expect(line.slice(at, at + raw.length)).toBe(raw);
    }),
  );
});

it('gives back pairs with a separator between them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, text), { maxLength: 20 }),
      fc.constantFrom('\t', '^', '#011'),
      (pairs, separator) => {
        const line = pairs.map(([name, value]) => `${name}=${value}`).join(separator);
        const found = findSeparatedPairs(line, 0, { end: line.length, separator });
        expect(found.pairs).toMatchObject(pairs.map(([name, value]) => ({ key: name, raw: value })));
      },
    ),
  );
});

it('leaves an equals sign within a value, and stops at the bound', () => {
  const url = 'request=https://x.example/?a=b&c=d e = f dpt=80';
  expect(findBlankPairs(url, 0, url.length).pairs.map(({ key: name, raw }) => [name, raw])).toEqual([
    ['request', 'https://x.example/?a=b&c=d e = f'],
    ['dpt', '80'],
  ]);
  const many = Array.from({ length: 300 }, (_, n) => `k${n}=v`).join(' ');
  for (const found of [
    findBlankPairs(many, 0, many.length),
    findSeparatedPairs(many, 0, { end: many.length, separator: ' ' }),
  ]) {
    expect([found.pairs.length, found.isCut]).toEqual([256, true]);
  }
});
