import { dayName, dayOf, localDay, localInstant } from '../duties/calendar.ts';

/** So long after it was due, those who approve are told. */
const escalatesAfterMs = 2 * 3_600_000;
const remindsBeforeMs = 3_600_000;

export interface ReviewClock {
  /** An IANA zone; an unknown one is read as UTC. */
  readonly timeZone: string;
  /** Minutes after midnight of the day after. */
  readonly dueMinute: number;
}

export interface ReviewPeriod {
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

export const reviewFrequencies = ['day', 'week', 'month'] as const;
export type ReviewFrequency = (typeof reviewFrequencies)[number];

/** The day before the one that a zone's clocks show at a moment: the newest that a review can be of. `yyyy-mm-dd`. */
export function dayBefore(moment: Date, timeZone: string): string {
  return dayName(localDay(moment, timeZone) - 1);
}

/** From a day's first moment to the next day's, by the zone's clocks: 23 to 25 hours where they change. */
export function reviewPeriod(day: string, timeZone: string): ReviewPeriod {
  const number = knownDay(day);
  return { from: localInstant(number, 0, timeZone), to: localInstant(number + 1, 0, timeZone) };
}

/**
 * What an area of a frequency is reviewed over on a day: the day itself, or the week (Monday to Sunday) or month that ends
 * with it. Null on the days between.
 */
export function periodEndingOn(day: string, frequency: ReviewFrequency, timeZone: string): ReviewPeriod | null {
  const number = knownDay(day);
  const first = firstDayOf(number, frequency);
  if (first === null) return null;
  return { from: localInstant(first, 0, timeZone), to: localInstant(number + 1, 0, timeZone) };
}

function firstDayOf(day: number, frequency: ReviewFrequency): number | null {
  if (frequency === 'day') return day;
  // 1970-01-01 was a Thursday: 3 days after a Monday.
  if (frequency === 'week') return (day + 3) % 7 === 6 ? day - 6 : null;
  const isLast = dayName(day + 1).endsWith('-01');
  return isLast ? dayOf(`${dayName(day).slice(0, 7)}-01`) : null;
}

/** When a day's review must have been submitted. */
export function reviewDueAt(day: string, { timeZone, dueMinute }: ReviewClock): Date {
  return localInstant(knownDay(day) + 1, dueMinute, timeZone);
}

/** When a review that nobody submitted is missed: with the end of the day on which it was due. */
export function reviewMissedAt(day: string, timeZone: string): Date {
  return localInstant(knownDay(day) + 2, 0, timeZone);
}

export const reviewReminders = ['begun', 'hour-before', 'overdue', 'escalated'] as const;
export type ReviewReminder = (typeof reviewReminders)[number];

/**
 * What is to be said of a review that is not submitted: the newest of the reminders whose time has come, unless it or a later
 * one was said. After a standstill one message says it, not four.
 */
export function reminderDue(
  { startedAt, dueAt, told }: { startedAt: Date; dueAt: Date; told: ReviewReminder | null },
  now: Date,
): ReviewReminder | null {
  const times: Readonly<Record<ReviewReminder, number>> = {
    begun: startedAt.getTime(),
    'hour-before': dueAt.getTime() - remindsBeforeMs,
    overdue: dueAt.getTime(),
    escalated: dueAt.getTime() + escalatesAfterMs,
  };
  const newest = reviewReminders.findLast((reminder) => times[reminder] <= now.getTime());
  if (newest === undefined) return null;
  const isSaid = told !== null && reviewReminders.indexOf(told) >= reviewReminders.indexOf(newest);
  return isSaid ? null : newest;
}

/** PCI DSS 12.3.1: a targeted risk analysis is looked at again within twelve months. `yyyy-mm-dd`. */
export function riskAnalysisDueOn(reviewedOn: string): string {
  const [year = '', month = '', day = ''] = reviewedOn.split('-');
  const next = `${String(Number(year) + 1).padStart(4, '0')}-${month}-${day}`;
  // 29 February has no anniversary in most years.
  return Number.isNaN(dayOf(next)) ? `${next.slice(0, 8)}28` : next;
}

/** How many days before a risk analysis is due it is told of; afterwards each week until somebody has looked at it again. */
const riskNoticeDays = [30, 7, 0] as const;

/** Whether a risk analysis of a day is told of on another. */
export function isRiskNoticeDay(reviewedOn: string, day: string): boolean {
  const before = knownDay(riskAnalysisDueOn(reviewedOn)) - knownDay(day);
  return before < 0 ? before % 7 === 0 : riskNoticeDays.some((days) => days === before);
}

function knownDay(day: string): number {
  const number = dayOf(day);
  if (Number.isNaN(number)) throw new RangeError('no such day');
  return number;
}
