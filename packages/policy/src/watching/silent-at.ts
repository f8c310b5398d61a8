import type { WeekSlots } from './week-slots.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** As far as a rhythm is looked ahead. */
const mostHours = 8 * 168;

/** A limit that somebody set, for a stream or for all of a log group; `retired`: it ended on purpose. */
export type SilenceLimit =
  { readonly kind: 'minutes'; readonly minutes: number } | { readonly kind: 'retired'; readonly setAt: Date };

export interface Expectation {
  /** By hour of the week, as `Rhythm` has them. */
  readonly limits: readonly number[];
  /** What was set comes before what was learned. */
  readonly set: SilenceLimit | null;
}

/**
 * When a stream is silent if nothing comes after what was received last; null: never. Time counts against the limit of the hour
 * that it is in, so that an hour in which nothing is expected counts nothing, and a busy one more than a slow one.
 */
export function silentAt({ limits, set }: Expectation, lastReceivedAt: Date, slotOf: WeekSlots): Date | null {
  if (set?.kind === 'minutes') return new Date(lastReceivedAt.getTime() + set.minutes * minuteMs);
  // What goes on after it was retired is watched again.
  if (set?.kind === 'retired' && lastReceivedAt <= set.setAt) return null;
  if (!limits.some((limit) => limit > 0)) return null;
  let left = 1;
  let at = lastReceivedAt.getTime();
  for (let walked = 0; walked < mostHours; walked += 1) {
    const hour = Math.floor(at / hourMs);
    const end = (hour + 1) * hourMs;
    const limit = limits[slotOf(hour)] ?? 0;
    if (limit > 0) {
      const needed = left * limit * minuteMs;
      if (at + needed <= end) return new Date(Math.ceil(at + needed));
      left -= (end - at) / (limit * minuteMs);
    }
    at = end;
  }
  return null;
}
