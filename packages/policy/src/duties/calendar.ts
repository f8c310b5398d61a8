import { zoneClock } from '@akashi/log-event';

const minuteMs = 60_000;
const daySeconds = 86_400;

/** The calendar day of a moment in a zone, counted from 1970-01-01. An unknown zone is read as UTC. */
export function localDay(moment: Date, timeZone: string): number {
  const seconds = Math.floor(moment.getTime() / 1000);
  return Math.floor((seconds + (zoneClock(timeZone)?.offsetAt(seconds) ?? 0)) / daySeconds);
}

/**
 * The moment at which a zone's clocks show `minuteOfDay` on a day (counted from 1970-01-01). A time that the clocks skip is
 * read by the offset before the change, so it falls just behind the gap; of a time that they show twice, the first counts.
 */
export function localInstant(day: number, minuteOfDay: number, timeZone: string): Date {
  const local = day * daySeconds + minuteOfDay * 60;
  const clock = zoneClock(timeZone);
  if (clock === undefined) return new Date(local * 1000);
  // The offsets before and after any change near the moment; no zone is further than a day from UTC.
  const before = local - clock.offsetAt(local - daySeconds);
  const after = local - clock.offsetAt(local + daySeconds);
  const shown = [before, after].filter((seconds) => seconds + clock.offsetAt(seconds) === local);
  return new Date((shown.length > 0 ? Math.min(...shown) : before) * 1000);
}

/** `yyyy-mm-dd` of a day counted from 1970-01-01. */
export function dayName(day: number): string {
  return new Date(day * daySeconds * 1000).toISOString().slice(0, 10);
}

/** The day of a `yyyy-mm-dd`, or NaN. */
export function dayOf(name: string): number {
  const ms = Date.parse(`${name}T00:00:00Z`);
  return Number.isNaN(ms) || dayName(ms / 1000 / daySeconds) !== name ? Number.NaN : ms / 1000 / daySeconds;
}

/** `yyyy-mm-ddThh:mmZ` of a minute counted from 1970. */
export function minuteName(minute: number): string {
  return `${new Date(minute * minuteMs).toISOString().slice(0, 16)}Z`;
}

/** The minute of a `yyyy-mm-ddThh:mmZ`, or NaN. */
export function minuteOf(name: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(name) ? Date.parse(name) / minuteMs : Number.NaN;
}

/** Monday's day of a week counted from the one that holds 1970-01-01, a Thursday. */
const mondayOf = (week: number): number => week * 7 - 3;

export function weekOfDay(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** `yyyy-Www` after ISO 8601: the year of a week is the year of its Thursday. */
export function weekName(week: number): string {
  const thursday = mondayOf(week) + 3;
  const year = dayName(thursday).slice(0, 4);
  const first = weekOfDay(dayOf(`${year}-01-04`));
  return `${year}-W${String(week - first + 1).padStart(2, '0')}`;
}

/** The week of a `yyyy-Www`, or NaN. */
export function weekOf(name: string): number {
  const parts = /^(\d{4})-W(\d\d)$/.exec(name);
  if (parts === null) return Number.NaN;
  const week = weekOfDay(dayOf(`${parts[1]}-01-04`)) + Number(parts[2]) - 1;
  return weekName(week) === name ? week : Number.NaN;
}

export function firstDayOfWeek(week: number): number {
  return mondayOf(week);
}

export function monthOfDay(day: number): number {
  const date = new Date(day * daySeconds * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** `yyyy-mm` of a month counted from year 0. */
export function monthName(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The month of a `yyyy-mm`, or NaN. */
export function monthOf(name: string): number {
  const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name);
  return parts === null ? Number.NaN : Number(parts[1]) * 12 + Number(parts[2]) - 1;
}

export function firstDayOfMonth(month: number): number {
  return dayOf(`${monthName(month)}-01`);
}
