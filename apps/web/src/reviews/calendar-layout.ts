import type { CalendarDay } from '../api-client/log-reviews.ts';
import { shiftDay, weekdayOf } from '../time/days.ts';

/** What a day is marked by; each has a word of its own. */
export const dayMarks = [
  'approved',
  'approved-late',
  'submitted',
  'submitted-late',
  'returned',
  'open',
  'overdue',
  'missed',
  'not-due',
] as const;
export type DayMark = (typeof dayMarks)[number];

/** A day that the answer does not have has no review: before the first one, or still to come. */
export function markOf(day: Pick<CalendarDay, 'state' | 'late'> | undefined): DayMark {
  if (day === undefined) return 'not-due';
  const { state, late } = day;
  if (state === 'approved') return late ? 'approved-late' : 'approved';
  if (state === 'submitted') return late ? 'submitted-late' : 'submitted';
  if (state === 'open') return late ? 'overdue' : 'open';
  return state;
}

export interface CalendarMonth {
  /** `2026-11`. */
  month: string;
  /** Weeks from Monday to Sunday; null outside the month. */
  weeks: (string | null)[][];
}

export function monthsOf(year: number): CalendarMonth[] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = `${String(year).padStart(4, '0')}-${String(index + 1).padStart(2, '0')}`;
    return { month, weeks: weeksOf(month) };
  });
}

function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const cells: (string | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null);
  for (let day = first; day.startsWith(month); day = shiftDay(day, 1)) cells.push(day);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** How many days of a year bear each mark. */
export function countMarks(days: readonly string[], found: ReadonlyMap<string, CalendarDay>): Record<DayMark, number> {
  const counts = Object.fromEntries(dayMarks.map((mark) => [mark, 0])) as Record<DayMark, number>;
  for (const day of days) counts[markOf(found.get(day))] += 1;
  return counts;
}

export interface ListedDays extends CalendarDay {
  /** The last of several days in a row that need no review for one reason; `day` is their first. */
  until: string;
}

/** A month's days as rows, oldest first: days without a review are one row as long as the reason stays. */
export function listedDays(days: readonly CalendarDay[]): ListedDays[] {
  const rows: ListedDays[] = [];
  for (const day of days.toSorted((one, other) => (one.day < other.day ? -1 : 1))) {
    const last = rows.at(-1);
    const goesOn = day.state === 'not-due' && last?.state === 'not-due' && last.reason === day.reason;
    if (goesOn && shiftDay(last.until, 1) === day.day) last.until = day.day;
    else rows.push({ ...day, until: day.day });
  }
  return rows;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** The day that an arrow key leads to, within the year; Home and End go to the ends of the month. */
export function dayByKey(day: string, key: string): string | null {
  const step = steps[key];
  const month = day.slice(0, 7);
  let next: string | null = null;
  if (step !== undefined) next = shiftDay(day, step);
  if (key === 'Home') next = `${month}-01`;
  if (key === 'End')
    next =
      weeksOf(month)
        .flat()
        .findLast((each) => each !== null) ?? null;
  return next?.slice(0, 4) === day.slice(0, 4) ? next : null;
}
