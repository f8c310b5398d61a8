import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fairPriority } from './fair-priority.ts';

const mebibyte = 1024 ** 2;
const nextPriority = undefined;

it('puts a flood behind its own backlog, and lets its oldest pass what comes after that time', () => {
  const flood = fairPriority({ nowMs: 1_000_000, waitingBytes: 100 * mebibyte, nextPriority });
  const little = (nowMs: number): number => fairPriority({ nowMs, waitingBytes: 20_000, nextPriority });
  expect(little(1_000_000)).toBeLessThan(flood);
  expect(little(1_090_000)).toBeLessThan(flood);
  expect(little(1_101_000)).toBeGreaterThan(flood);
});

it('counts from the place that is served next when the line is late', () => {
  const nowMs = 9_000_000;
  const place = (next: number): number => fairPriority({ nowMs, waitingBytes: 8 * mebibyte, nextPriority: next });
  expect(place(1_001)).toBe(1_009);
  // Whoever waits ahead of the clock does so for its own backlog.
  expect(place(20_000)).toBe(9_009);
});

it('is always a priority that BullMQ takes', () => {
  fc.assert(
    fc.property(
      fc.record({
        nowMs: fc.nat(Number.MAX_SAFE_INTEGER),
        waitingBytes: fc.integer(),
        nextPriority: fc.option(fc.integer({ min: 1, max: 2 ** 21 - 1 }), { nil: undefined }),
      }),
      (arrival) => {
        const priority = fairPriority(arrival);
        expect(Number.isInteger(priority) && priority >= 1 && priority < 2 ** 21).toBe(true);
      },
    ),
  );
});
