import { describe, expect, it } from 'vitest';
import { keptValue } from './kept-values.ts';

const number = '4556734500085943';
const masked = '455673******5943';

describe('a parameter of a statement', () => {
  it('holds no card number, at any depth of lists and JSON', () => {
    expect(keptValue(`reason ${number}`)).toBe(`reason ${masked}`);
    expect(keptValue([number, 1, null])).toEqual([masked, 1, null]);
    expect(keptValue({ note: { list: [number] }, [number]: true })).toEqual({
      note: { list: [masked] },
      [masked]: true,
    });
    expect(JSON.parse(String(keptValue(JSON.stringify([{ note: number, bytes: Number(number) }]))))).toEqual([
      { note: masked, bytes: Number(number) },
    ]);
  });

  it.each([
    '41111111-1111-4111-8a1b-0123456789ab',
    '4111111111111111'.repeat(4),
    `akashi block v1\nblock: 1\nfirst-received: ${number}\n`,
    '$argon2id$v=19$m=19456,t=2,p=1$4111111111111111$4111111111111111',
    '2026-11-30T05:00:00.000Z',
    'blocks/2026/11/22/000000000012.akb',
  ])('stays to the bit when the product made it: %s', (text) => {
    expect(keptValue(text)).toBe(text);
  });

  it('is the very same value when nothing was masked', () => {
    for (const value of [[['a', 'b']], { a: { b: 'c' } }, Buffer.from(number), new Date(0), 4556734500085943, null]) {
      expect(keptValue(value)).toBe(value);
    }
  });
});
