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

it('comes back less and less often for what waiting seldom mends, and as usual in the first minute', () => {
  const delays = Array.from({ length: 14 }, (_, index) => retryDelayMs(index + 1, 0, 'seldom'));
  expect(delays.slice(0, 7)).toEqual(Array.from({ length: 7 }, (_, index) => retryDelayMs(index + 1, 0)));
  expect(delays.slice(7)).toEqual([32_000, 64_000, 128_000, 256_000, 300_000, 300_000, 300_000]);
});
