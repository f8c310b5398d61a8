import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fairPriority } from './fair-priority.ts';

const mebibyte = 1024 ** 2;

it('puts a flood behind its own backlog, and lets its oldest pass what comes after that time', () => {
  const flood = fairPriority(1_000_000, 100 * mebibyte);
  expect(fairPriority(1_000_000, 20_000)).toBeLessThan(flood);
  expect(fairPriority(1_090_000, 20_000)).toBeLessThan(flood);
  expect(fairPriority(1_101_000, 20_000)).toBeGreaterThan(flood);
});

it('is always a priority that BullMQ takes', () => {
  fc.assert(
    fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.integer(), (nowMs, bytes) => {
      const priority = fairPriority(nowMs, bytes);
      expect(Number.isInteger(priority) && priority >= 1 && priority < 2 ** 21).toBe(true);
    }),
  );
});
