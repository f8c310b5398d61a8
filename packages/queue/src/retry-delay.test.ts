import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

it('grows to a limit and never below half of it', () => {
  expect([1, 2, 3].map((attempt) => retryDelayMs(attempt, 0))).toEqual([250, 500, 1000]);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const delay = retryDelayMs(attempt, random);
        return delay >= 125 && delay <= 30_000;
      },
    ),
  );
});
