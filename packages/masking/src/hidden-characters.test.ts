/** Characters of no width are invisible: a number is read over them, and what they join is read apart as well. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker } from './index.ts';
import { luhnNumber, truncated } from './masking.fixtures.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });
const mask = (text: string): string => masker.maskText(text);

const hidden = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '&shy;',
  '\\u200b',
  '%E2%80%8B',
  '\u200b\u200b',
];
const visa = '4111111111111111';
const masked = '411111******1111';

describe.each(hidden)('%j', (none) => {
  it('within a number is seen through, wherever it stands', () => {
    for (let at = 1; at < 16; at++) {
      expect(mask(`n ${visa.slice(0, at)}${none}${visa.slice(at)} x`)).toBe(
        `n ${masked.slice(0, at)}${none}${masked.slice(at)} x`,
      );
    }
    expect(mask(visa.split('').join(none))).toBe(masked.split('').join(none));
  });

  it('between a number and more digits hides neither', () => {
    expect(mask(`${visa}${none}5`)).toBe(`${masked}${none}5`);
    expect(mask(`5${none}${visa}`)).toBe(`5${none}${masked}`);
    expect(mask(`12345${none}${visa}${none}678`)).toBe(`12345${none}${masked}${none}678`);
    expect(mask(`${visa}${none}${visa}`)).toBe(`${masked}${none}${masked}`);
    expect(mask(`${visa}${none} 5`)).toBe(`${masked}${none} 5`);
    expect(mask(`4111 1111 1111 1111${none}5`)).toBe(`4111 11** **** 1111${none}5`);
    expect(mask(`5${none}4111-1111-1111-1111${none}5`)).toBe(`5${none}4111-11**-****-1111${none}5`);
    expect(mask(`3782 822463 10005${none}99`)).toBe(`3782 82**** *0005${none}99`);
  });

  it('between the groups of a number and on both its sides is seen through in a row of any pieces', () => {
    expect(mask(['987', '4111', '1111', '1111', '1111', '65'].join(none))).toBe(
      ['987', '4111', '11**', '****', '1111', '65'].join(none),
    );
  });

  it.each([
    `41111111111111112${none}3`,
    `2026112216${none}2221123`,
    `a12${none}34`,
    `17000000${none}00123456789`,
    `0.4111111111111111${none}5`,
    `trace_id=4111111111111111${none}5`,
    `0${none}9${none}0-1234-5678`,
  ])('leaves %j as it is', (text) => {
    expect(mask(text)).toBe(text);
  });
});

it('leaves no number in either reading, and changes nothing a second time', () => {
  const numbers = [
    visa,
    luhnNumber('51', 16),
    luhnNumber('34', 15),
    luhnNumber('36', 14),
    luhnNumber('62', 19),
    luhnNumber('4', 13),
  ];
  const none = fc.constantFrom('\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad');
  const around = fc.tuple(
    fc.stringMatching(/^\d{0,20}$/),
    fc.constantFrom(...numbers),
    fc.stringMatching(/^\d{0,20}$/),
  );
  fc.assert(
    fc.property(around, none, fc.array(fc.nat(20), { maxLength: 5 }), ([before, pan, after], join, cuts) => {
      let written = pan;
      for (const cut of cuts) written = `${written.slice(0, cut)}${join}${written.slice(cut)}`;
      const result = mask(`${before}${join}${written}${join}${after}`);
      expect(result.replaceAll(join, '')).not.toContain(pan);
      for (const run of result.split(join)) expect(numbers).not.toContain(run);
      expect(mask(result)).toBe(result);
    }),
    { numRuns: 1000 },
  );
});

it('truncates as if nothing stood there', () => {
  for (const [prefix, length] of [
    ['4', 19],
    ['34', 15],
    ['36', 14],
  ] as const) {
    const pan = luhnNumber(prefix, length);
    expect(mask(pan.split('').join('\u200b')).replaceAll('\u200b', '')).toBe(truncated(pan));
  }
});
