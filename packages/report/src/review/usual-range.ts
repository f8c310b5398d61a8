/** How many rows a report usually has. */
export interface UsualRange {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** From how many days it is known. */
  readonly days: number;
}

export interface FormerDay {
  /** yyyy-mm-dd. */
  readonly day: string;
  readonly rows: number;
}

/** On fewer days of the same kind nobody knows what is usual. */
export const fewestDays = 4;
/** What was usual half a year ago says less than the last weeks. */
const mostDays = 12;
/** Median absolute deviation of a normal distribution in standard deviations (Rousseeuw and Croux, 1993). */
const deviationsPerMad = 1.4826;
const widthInDeviations = 3;

/**
 * The usual number of rows: the median of former days with three times their spread on each side. The spread comes from the
 * median absolute deviation, which a single wild day does not move; it is never smaller than that of counts by chance (the
 * square root), so that quiet reports do not call for a look at every row. Of daily reports the same weekday counts, of rarer
 * ones every period. Null below four such days.
 */
export function usualRange(
  day: string,
  former: readonly FormerDay[],
  frequency: 'day' | 'week' | 'month' = 'day',
): UsualRange | null {
  const weekday = weekdayOf(day);
  const counts = former
    .filter((each) => each.day < day && (frequency !== 'day' || weekdayOf(each.day) === weekday))
    .toSorted((one, other) => (one.day < other.day ? 1 : -1))
    .slice(0, mostDays)
    .map(({ rows }) => rows);
  if (counts.length < fewestDays) return null;
  const middle = median(counts);
  const deviation = deviationsPerMad * median(counts.map((count) => Math.abs(count - middle)));
  const width = widthInDeviations * Math.max(deviation, Math.sqrt(middle), 1);
  return {
    low: Math.max(0, Math.floor(middle - width)),
    middle,
    high: Math.ceil(middle + width),
    days: counts.length,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(at) - 1], sorted[Math.floor(at)]];
  return (low + high) / 2;
}

/** 0 is Thursday, as 1970-01-01 was. */
function weekdayOf(day: string): number {
  return (((Date.parse(`${day}T00:00:00Z`) / 86_400_000) % 7) + 7) % 7;
}
