import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysEffect, isLowering, oneYear, readDays, typedDays } from './days-effect.ts';

const days = fc.record({
  onlineDays: fc.integer({ min: 1, max: 36_525 }),
  keptDays: fc.option(fc.integer({ min: 1, max: 36_525 }), { nil: null }),
});

describe('the effect of other days', () => {
  it.each([
    [oneYear, oneYear, 'same'],
    [{ onlineDays: 90, keptDays: null }, { onlineDays: 90, keptDays: null }, 'same'],
    [oneYear, { onlineDays: 90, keptDays: null }, 'raise'],
    [oneYear, { onlineDays: 180, keptDays: 2555 }, 'raise'],
    [{ onlineDays: 90, keptDays: null }, oneYear, 'lower'],
    [{ onlineDays: 180, keptDays: 365 }, { onlineDays: 90, keptDays: 730 }, 'both'],
  ] as const)('of %j to %j is %s', (before, after, effect) => {
    expect(daysEffect(before, after)).toBe(effect);
  });

  it('turns round with the change', () => {
    const turned = { same: 'same', raise: 'lower', lower: 'raise', both: 'both' } as const;
    fc.assert(
      fc.property(days, days, (one, other) => {
        expect(daysEffect(other, one)).toBe(turned[daysEffect(one, other)]);
      }),
    );
  });

  it('needs a second person as soon as anything is lowered', () => {
    expect(['same', 'raise', 'lower', 'both'].map((effect) => isLowering(effect as 'same'))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('typed days', () => {
  it('are read as they are written', () => {
    fc.assert(
      fc.property(days, (value) => {
        expect(readDays(typedDays(value))).toEqual(value);
      }),
    );
  });

  it('may have full-width digits', () => {
    expect(readDays({ onlineDays: '９０', keptDays: ' ３６５ ', never: false })).toEqual(oneYear);
  });

  it.each(['', '0', '-1', '1.5', '99999', 'a'])('are none for "%s"', (text) => {
    expect(readDays({ onlineDays: text, keptDays: '365', never: false })).toBeUndefined();
    expect(readDays({ onlineDays: '90', keptDays: text, never: false })).toBeUndefined();
  });
});
