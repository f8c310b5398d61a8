import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSegmentIdAt, isPassDue, passTarget, type Pass } from './rolling-pass.ts';

const hourMs = 3_600_000;
const pace = { everyMs: hourMs, periodMs: 24 * hourMs, step: 1 };
const begin = new Date('2026-11-30T00:00:00Z');
const after = (hours: number): Date => new Date(begin.getTime() + hours * hourMs);

describe('a pass over everything', () => {
  it('ends within its period when runs come as they should, in shares of about the same size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (total) => {
        let done = 0;
        for (let hour = 0; hour < 24; hour++) {
          const target = passTarget({ startedAt: begin, done, total }, pace, after(hour));
          expect(target - done).toBeLessThanOrEqual(Math.ceil(total / 24) + 1);
          expect(target).toBeGreaterThanOrEqual(done);
          done = target;
        }
        expect(done).toBe(total);
      }),
    );
  });

  it('catches up after a standstill, a few shares at a time', () => {
    const pass: Pass = { startedAt: begin, done: 1_000, total: 24_000 };
    expect(passTarget(pass, pace, after(20))).toBe(4_000);
    expect(passTarget({ ...pass, done: 23_000 }, pace, after(400))).toBe(24_000);
  });

  it('goes back for no clock', () => {
    expect(passTarget({ startedAt: begin, done: 500, total: 24_000 }, pace, after(-5))).toBe(1_000);
  });

  it('begins when the last one began a period ago', () => {
    expect(isPassDue(null, pace, begin)).toBe(true);
    expect(isPassDue(begin, pace, after(23))).toBe(false);
    expect(isPassDue(begin, pace, after(24))).toBe(true);
  });
});

it('puts ids of segments and times in one order', () => {
  const at = new Date(0x0199d0c01234);
  expect(firstSegmentIdAt(at)).toBe('0199d0c0-1234');
  expect(firstSegmentIdAt(at) < '0199d0c0-1234-7000-8000-000000000000').toBe(true);
  expect(firstSegmentIdAt(new Date(at.getTime() + 1)) > '0199d0c0-1234-7fff-bfff-ffffffffffff').toBe(true);
});
