import { describe, expect, it } from 'vitest';
import { matches, parseQuery } from '@akashi/query';
import { guardCardNumbers, mayAskForValues } from './card-guard.ts';

const either = '("411111******1111" OR "4111 11** **** 1111")';

describe('guardCardNumbers', () => {
  it.each([
    ['4111111111111111', either],
    ['失敗 4111-1111-1111-1111', `失敗 ${either}`],
    ['user.name:"4111 1111 1111 1111" AND status>=500', `user.name:${either} AND status>=500`],
    ['"paid 4111111111111111 twice"', either],
    ['6200000000000000000', '"620000*********0000"'],
    ['PAN=4980000123456789', '("498000******6789" OR "4980 00** **** 6789")'],
    ['カード番号：4,980,000,123,456,789', 'カード番号：("498000******6789" OR "4980 00** **** 6789")'],
    ['4.111111111111111E15', either],
    ['00004111111111111111', either],
    ['x 5A084111111111111111', either],
    ['cvv=731', ''],
    ['%34111111111111111 OR 4111111111111111', either],
    [';4111111111111111=25121010000000000?', ''],
  ])('turns %s into a query for the masked records', (query, instead) => {
    expect(guardCardNumbers(query)).toEqual({ instead });
  });

  it.each(['', 'user.name:root', '4111111111111112', either])('leaves %s alone', (query) => {
    expect(guardCardNumbers(query)).toBeNull();
  });

  it.each(['card 411111******1111 ok', 'card 4111 11** **** 1111 ok', 'card 4111-11**-****-1111 ok'])(
    'the query finds %s',
    (record) => {
      const parsed = parseQuery(either);
      expect(parsed.ok && matches(parsed.tree, { record, message: record })).toBe(true);
    },
  );
});

describe('mayAskForValues', () => {
  it('keeps rows of digits that may become a card number here', () => {
    expect(['web', '10.0.0.1', '20261101', '411111111', '4111 1111 1'].map(mayAskForValues)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
