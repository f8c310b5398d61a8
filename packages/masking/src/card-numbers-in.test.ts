import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardNumbersIn } from './card-numbers-in.ts';
import { createMasker } from './create-masker.ts';

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
  ])('finds the number in $text and says how records hold it', ({ text, start, end, masked }) => {
    expect(cardNumbersIn(text)).toMatchObject([{ start, end, masked }]);
  });

  it.each([
    '4111111111111112',
    'blk_a4111111111111111',
    '2026-11-01 10:00..12:00',
    '411111******1111',
    'status>=500',
    '"411111******1111" OR "4111 11** **** 1111"',
  ])('finds none in %s', (text) => {
    expect(cardNumbersIn(text)).toEqual([]);
  });

  it('finds whatever the masker would mask in plain digits with spaces and dashes', () => {
    const digits = fc.stringMatching(/^(4\d{15}|3[47]\d{13}|5[1-5]\d{14})$/);
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '-'), (number, separator) => {
        const text = `q ${number.match(/.{1,4}/g)?.join(separator) ?? ''} z`;
        expect(cardNumbersIn(text).length > 0).toBe(masker.maskText(text) !== text);
      }),
    );
  });

  it('the masked form is the one that the masker writes', () => {
    for (const text of ['4111111111111111', '4111 1111 1111 1111', '378282246310005', '3782 822463 10005'])
      expect(cardNumbersIn(text)[0]?.masked).toContain(masker.maskText(text));
  });
});
