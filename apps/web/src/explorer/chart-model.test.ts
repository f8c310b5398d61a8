import { describe, expect, it } from 'vitest';
import { axisTop, barsOf, bucketSize, rangeOfBars } from './chart-model.ts';

const bars = barsOf({
  intervalMs: 60_000,
  buckets: [
    { from: '2026-11-20T01:00:00Z', total: 10, byOutcome: { failure: 3, success: 5 } },
    { from: '2026-11-20T01:01:00Z', total: 0, byOutcome: {} },
    { from: '2026-11-20T01:02:00Z', total: 7, byOutcome: { success: 7 } },
  ],
});
const start = Date.parse('2026-11-20T01:00:00Z');

describe('chart', () => {
  it('has bars whose parts make the total', () => {
    expect(bars[0]?.counts).toEqual({ failure: 3, success: 5, unknown: 2 });
    for (const bar of bars) expect(bar.counts.failure + bar.counts.success + bar.counts.unknown).toBe(bar.total);
  });

  it('selects whole bars within what was searched', () => {
    const searched = { from: start + 30_000, to: start + 150_000 };
    expect(rangeOfBars(bars, [2, 0], searched)).toEqual(searched);
    expect(rangeOfBars(bars, [1, 1], searched)).toEqual({ from: start + 60_000, to: start + 120_000 });
    expect(rangeOfBars([], [0, 0], searched)).toBeNull();
  });

  it('has a round top that no bar passes', () => {
    expect(axisTop(bars)).toBe(10);
    expect(axisTop([])).toBe(1);
    expect(axisTop([{ from: 0, to: 1, total: 4321, counts: { failure: 0, success: 0, unknown: 4321 } }])).toBe(5000);
  });

  it('names bucket sizes', () => {
    expect(bucketSize(600_000)).toEqual({ amount: 10, unit: 'minute' });
    expect(bucketSize(36e5)).toEqual({ amount: 1, unit: 'hour' });
    expect(bucketSize(500)).toEqual({ amount: 0.5, unit: 'second' });
  });
});
