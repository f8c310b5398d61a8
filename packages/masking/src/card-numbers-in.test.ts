import { describe, expect, it } from 'vitest';
import { cardNumbersIn } from './card-numbers-in.ts';
import { createMasker } from './create-masker.ts';
import { plant, randomFrom } from './planted-numbers.fixtures.ts';

const masker = createMasker({ version: '1', keep: 'first6last4' });

describe('cardNumbersIn', () => {
  it.each([
    { text: '4111111111111111', start: 0, end: 16, masked: ['411111******1111', '4111 11** **** 1111'] },
    {
      text: 'user.name:"4111 1111 1111 1111"',
      start: 11,
      end: 30,
      masked: ['411111******1111', '4111 11** **** 1111'],
    },
    {
      text: 'カード ４１１１１１１１１１１１１１１１ 失敗',
      start: 4,
      end: 20,
      masked: ['411111******1111', '4111 11** **** 1111'],
    },
    { text: '3782-822463-10005', start: 0, end: 17, masked: ['378282*****0005', '3782 82**** *0005'] },
    { text: 'PAN=4980000123456789', start: 4, end: 20, masked: ['498000******6789', '4980 00** **** 6789'] },
    {
      text: '"card_no":"4,980,000,123,456,789"',
      start: 11,
      end: 32,
      masked: ['498000******6789', '4980 00** **** 6789'],
    },
    {
      text: 'カード番号：４９８００００１２３４５６７８９',
      start: 6,
      end: 22,
      masked: ['498000******6789', '4980 00** **** 6789'],
    },
    { text: 'HOST 00004111111111111111', start: 9, end: 25, masked: ['411111******1111', '4111 11** **** 1111'] },
    { text: 'n %34111111111111111 x', start: 2, end: 20, masked: [] },
    { text: 'cvv=731 AND status>=500', start: 4, end: 7, masked: [] },
    { text: ';4111111111111111=25121010000000000?', start: 0, end: 36, masked: [] },
    { text: 't NDExMTExMTExMTExMTExMQ== x', start: 2, end: 24, masked: [] },
    { text: '5A084111111111111111', start: 4, end: 20, masked: ['411111******1111', '4111 11** **** 1111'] },
  ])('finds the number in $text and says how records hold it', ({ text, start, end, masked }) => {
    expect(cardNumbersIn(text)).toMatchObject([{ start, end, masked }]);
  });

  it.each([
    '4111111111111112',
    'blk_a4111111111111111',
    '2026-11-01 10:00..12:00',
    '411111******1111',
    'status>=500',
    'PAN=498000******6789',
    'jan 4901234567894',
    '"411111******1111" OR "4111 11** **** 1111"',
  ])('finds none in %s', (text) => {
    expect(cardNumbersIn(text)).toEqual([]);
  });

  it('finds something wherever the masker would mask something', { timeout: 60_000 }, () => {
    const random = randomFrom(20261130);
    for (let k = 0; k < 1_000; k++) {
      const text = plant(random).record.toString();
      expect(cardNumbersIn(text).length > 0, text).toBe(masker.maskText(text) !== text);
    }
  });

  it('the masked form is the one that the masker writes', () => {
    for (const text of ['4111111111111111', '4111 1111 1111 1111', '378282246310005', '3782 822463 10005'])
      expect(cardNumbersIn(text)[0]?.masked).toContain(masker.maskText(text));
  });
});
