import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateRestoreSeconds, remainingRestoreSeconds, restorableUntil } from './restore.ts';

const at = (text: string): Date => new Date(text);

describe('what a restore takes', () => {
  it('is told by the last ones, and by what is usual before there was one', () => {
    expect(estimateRestoreSeconds({ records: 0, blocks: 0 }, null)).toBe(0);
    expect(estimateRestoreSeconds({ records: 1_000_000, blocks: 100 }, null)).toBe(202);
    expect(estimateRestoreSeconds({ records: 1_000_000, blocks: 0 }, { records: 100_000, seconds: 10 })).toBe(100);
  });

  it('never grows with what is done, and ends at nothing', () => {
    const running = { records: fc.integer({ min: 1, max: 1e8 }), seconds: fc.integer({ min: 1, max: 1e5 }) };
    fc.assert(
      fc.property(fc.record(running), fc.double({ min: 0, max: 1, noNaN: true }), ({ records, seconds }, share) => {
        const doneRecords = Math.floor(records * share);
        const left = remainingRestoreSeconds({ records, doneRecords, estimateSeconds: 10 }, seconds);
        expect(left).toBeGreaterThanOrEqual(0);
        const all = { records, doneRecords: records, estimateSeconds: 10 };
        expect(remainingRestoreSeconds(all, seconds)).toBe(0);
      }),
    );
  });
});

it('is restored what is settled: neither the last minutes nor what waits for its block', () => {
  const now = at('2026-11-30T12:00:00Z');
  expect(restorableUntil(now, null)).toEqual(at('2026-11-30T11:59:50Z'));
  expect(restorableUntil(now, at('2026-11-30T10:00:00Z'))).toEqual(at('2026-11-30T09:59:00Z'));
});
