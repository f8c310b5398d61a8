import { localDay, localInstant } from './duties/calendar.ts';
import type { Severity } from './incident-severity.ts';

/** When a channel is told at once, by the clocks of the organisation's zone. */
export interface ChannelHours {
  /** Of the week: 1 Monday to 7 Sunday (ISO 8601). */
  readonly days: readonly number[];
  /** Minutes after midnight, `until` not included; `until` not after `from` ends on the next day. */
  readonly fromMinute: number;
  readonly untilMinute: number;
}

export interface ChannelTimes {
  /** Null: always. */
  readonly hours: ChannelHours | null;
  /** When what was held goes out, in minutes after midnight; null: as soon as the hours begin. */
  readonly digestMinute: number | null;
}

/** Longer than any gap between the hours of two days of a week. */
const daysAhead = 8;

/**
 * When something that is to be told at a moment is told: critical things and things within the hours at once, others with the
 * next digest, or when the hours begin. Without hours a channel that has a digest is told of everything else by it.
 */
export function tellAt(
  severity: Severity,
  { hours, digestMinute }: ChannelTimes,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): Date {
  if (severity === 'critical') return now;
  if (hours !== null) {
    const opening = nextWithin(hours, now, timeZone);
    if (opening === null || opening <= now) return now;
    if (digestMinute === null) return opening;
  }
  return digestMinute === null ? now : nextAt(digestMinute, now, timeZone);
}

/** The moment itself when it lies within the hours, else when they next begin; null when they have no day. */
function nextWithin({ days, fromMinute, untilMinute }: ChannelHours, now: Date, timeZone: string): Date | null {
  const today = localDay(now, timeZone);
  // Hours that began yesterday may go on.
  for (let day = today - 1; day <= today + daysAhead; day += 1) {
    if (!days.includes(weekdayOf(day))) continue;
    const from = localInstant(day, fromMinute, timeZone);
    const until = localInstant(untilMinute > fromMinute ? day : day + 1, untilMinute, timeZone);
    if (now < until) return from > now ? from : now;
  }
  return null;
}

/** The next moment after `now` at which the zone's clocks show a minute of the day. */
function nextAt(minute: number, now: Date, timeZone: string): Date {
  const today = localDay(now, timeZone);
  const moment = localInstant(today, minute, timeZone);
  return moment > now ? moment : localInstant(today + 1, minute, timeZone);
}

/** 1 Monday to 7 Sunday; 1970-01-01, day 0, was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
