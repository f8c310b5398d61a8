export interface HistogramInterval {
  /** Length of a bucket; for calendar units the usual one. */
  ms: number;
  /** Buckets that follow the calendar of the zone (days of 23 or 25 hours, months). */
  unit?: 'day' | 'week' | 'month' | 'quarter' | 'year';
}

export const maxBuckets = 120;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const intervals: readonly HistogramInterval[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ({ ms })),
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ ms: count * second })),
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ ms: count * minute })),
  ...[1, 2, 3, 6, 12].map((count) => ({ ms: count * hour })),
  { ms: day, unit: 'day' },
  { ms: 7 * day, unit: 'week' },
  { ms: 30 * day, unit: 'month' },
  { ms: 91 * day, unit: 'quarter' },
  { ms: 365 * day, unit: 'year' },
];

/** The finest round interval that keeps a range, wherever it begins inside a bucket, within `maxBuckets`. */
export function chooseInterval(from: number, to: number): HistogramInterval {
  const found = intervals.find(
    ({ ms, unit }) => Math.ceil((to - from) / (unit === undefined ? ms : ms * 0.9)) + 1 <= maxBuckets,
  );
  return found ?? { ms: 365 * day, unit: 'year' };
}
