/** Half-open, UTC milliseconds; null is open. */
export interface Period {
  readonly from: number | null;
  readonly until: number | null;
}

export const always: Period = { from: null, until: null };

/** Undefined when the periods have no moment in common. */
export function common(one: Period, other: Period): Period | undefined {
  const from = one.from === null || other.from === null ? (one.from ?? other.from) : Math.max(one.from, other.from);
  const until =
    one.until === null || other.until === null ? (one.until ?? other.until) : Math.min(one.until, other.until);
  return from !== null && until !== null && from >= until ? undefined : { from, until };
}

export function holdsAt({ from, until }: Period, moment: number): boolean {
  return (from === null || from <= moment) && (until === null || moment < until);
}

/** Sorted, and without those that touch or overlap: the same moments in as few periods as there can be. */
export function merged(periods: readonly Period[]): Period[] {
  const sorted = periods.toSorted((one, other) => (one.from ?? -Infinity) - (other.from ?? -Infinity));
  const result: Period[] = [];
  for (const period of sorted) {
    const last = result.at(-1);
    if (last === undefined || (last.until !== null && last.until < (period.from ?? -Infinity))) result.push(period);
    else {
      const until = last.until === null || period.until === null ? null : Math.max(last.until, period.until);
      result[result.length - 1] = { from: last.from, until };
    }
  }
  return result;
}
