import type { Histogram } from '../api-client/search.ts';
import type { EffectiveRange } from '../time-range/time-range.ts';

export const outcomes = ['failure', 'success', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Bar {
  from: number;
  to: number;
  total: number;
  counts: Record<Outcome, number>;
}

/** Bars of the chart; whatever outcome a bucket does not name counts as unknown, so that a bar's parts make its total. */
export function barsOf(histogram: Histogram): Bar[] {
  return histogram.buckets.map((bucket, index) => {
    const from = Date.parse(bucket.from);
    const next = histogram.buckets[index + 1];
    const failure = bucket.byOutcome['failure'] ?? 0;
    const success = bucket.byOutcome['success'] ?? 0;
    return {
      from,
      to: next ? Date.parse(next.from) : from + histogram.intervalMs,
      total: bucket.total,
      counts: { failure, success, unknown: Math.max(0, bucket.total - failure - success) },
    };
  });
}

/** The range of the bars between two indexes, in either order, within the range that was searched. */
export function rangeOfBars(
  bars: readonly Bar[],
  ends: readonly [number, number],
  searched: EffectiveRange,
): EffectiveRange | null {
  const first = bars[Math.max(0, Math.min(...ends))];
  const last = bars[Math.min(bars.length - 1, Math.max(...ends))];
  if (!first || !last) return null;
  const range = { from: Math.max(searched.from, first.from), to: Math.min(searched.to, last.to) };
  return range.to > range.from ? range : null;
}

/** The smallest of 1, 2, 5 × 10ⁿ that is not below the highest bar. */
export function axisTop(bars: readonly Bar[]): number {
  const highest = Math.max(1, ...bars.map((bar) => bar.total));
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power;
}

/** A bucket's width as a number and a unit for words. */
export function bucketSize(milliseconds: number): { amount: number; unit: 'second' | 'minute' | 'hour' | 'day' } {
  if (milliseconds % 864e5 === 0) return { amount: milliseconds / 864e5, unit: 'day' };
  if (milliseconds % 36e5 === 0) return { amount: milliseconds / 36e5, unit: 'hour' };
  if (milliseconds % 6e4 === 0) return { amount: milliseconds / 6e4, unit: 'minute' };
  return { amount: milliseconds / 1000, unit: 'second' };
}
