import { zoneClock } from '@akashi/log-event';
import { plainText } from './written-name.ts';
import type { Validity } from './master-row.ts';
import { isCalendarDay, readWrittenTime, type WrittenTime } from './written-time.ts';

/** What a time without a zone or without a year is read by. */
export interface TimeReading {
  /** IANA name of the organisation's zone. */
  readonly timeZone: string;
  /** The moment of the import, UTC milliseconds: a day without a year is the latest one that is not in its future. */
  readonly nowMs: number;
  /** The year that was asked for; null: as `nowMs` says. */
  readonly year: number | null;
}

/** The cells that say a period; an empty one leaves its side open. */
export interface WrittenPeriod {
  readonly from: string;
  readonly until: string;
}

/** `time`: no time can be read; `no-such-day`: the year has no such day; `ends-first`: the end is not behind the start. */
export type PeriodFault = {
  readonly side: 'from' | 'until';
  readonly reason: 'time' | 'no-such-day' | 'ends-first';
};

/** `isYearGuessed`: a side had no year of its own. */
export type PeriodResult =
  { readonly period: Validity; readonly isYearGuessed: boolean } | { readonly fault: PeriodFault };

const dayMs = 86_400_000;
/** An end without a year may be in the year after its start's, but not so far that it rather stands before the start. */
const furthestWrapDays = 183;
/** Tables write `9999/12/31` for no end. */
const openYear = 9999;
const openEnd = /^(?:無期限|なし|無し|[-\u2010-\u2015\u2212ー])$/u;

/**
 * The half-open period of two cells. A start without a time of day is the beginning of its day, an end without one the end of
 * its day. An end without a year is the first such day from its start on, a start without one the latest before its end.
 */
export function readPeriod(written: WrittenPeriod, reading: TimeReading): PeriodResult {
  const from = plainText(written.from) === '' ? null : readWrittenTime(written.from);
  if (from === undefined) return { fault: { side: 'from', reason: 'time' } };
  const endText = plainText(written.until);
  const until = endText === '' || openEnd.test(endText) ? null : readWrittenTime(endText);
  if (until === undefined) return { fault: { side: 'until', reason: 'time' } };
  const fromYear = from === null ? 0 : yearOfStart(from, until, reading);
  const untilYear = until === null ? 0 : yearOfEnd(until, from === null ? null : { ...from, year: fromYear }, reading);
  if (from !== null && !isCalendarDay(fromYear, from.month, from.day))
    return { fault: { side: 'from', reason: 'no-such-day' } };
  if (until !== null && !isCalendarDay(untilYear, until.month, until.day))
    return { fault: { side: 'until', reason: 'no-such-day' } };
  const validFromMs = from === null ? null : momentOf({ ...from, year: fromYear }, 0, reading.timeZone);
  const hasEnd = until !== null && untilYear < openYear;
  const validUntilMs = hasEnd ? momentOf({ ...until, year: untilYear }, dayMs, reading.timeZone) : null;
  if (validFromMs !== null && validUntilMs !== null && validUntilMs <= validFromMs)
    return { fault: { side: 'until', reason: 'ends-first' } };
  return { period: { validFromMs, validUntilMs }, isYearGuessed: from?.year === null || until?.year === null };
}

type Dated = WrittenTime & { readonly year: number };

function yearOfStart(from: WrittenTime, until: WrittenTime | null, reading: TimeReading): number {
  if (from.year !== null) return from.year;
  if (reading.year !== null) return reading.year;
  const hasEnd = until !== null && until.year !== null && until.year < openYear;
  return latestYear(from, hasEnd ? dayNumber(until.year ?? 0, until) : today(reading));
}

function yearOfEnd(until: WrittenTime, start: Dated | null, reading: TimeReading): number {
  if (until.year !== null) return until.year;
  if (start === null) return reading.year ?? latestYear(until, today(reading));
  const startDay = dayNumber(start.year, start);
  if (dayNumber(start.year, until) >= startDay) return start.year;
  return dayNumber(start.year + 1, until) - startDay <= furthestWrapDays ? start.year + 1 : start.year;
}

/** The year of the latest such day that is not behind `lastDay`. A leap day is at most eight years back. */
function latestYear(time: WrittenTime, lastDay: number): number {
  let year = new Date(lastDay * dayMs).getUTCFullYear();
  for (let tries = 0; tries < 9; tries++, year--) {
    if (isCalendarDay(year, time.month, time.day) && dayNumber(year, time) <= lastDay) return year;
  }
  return year;
}

function dayNumber(year: number, { month, day }: WrittenTime): number {
  return Date.UTC(year, month - 1, day) / dayMs;
}

function today({ nowMs, timeZone }: TimeReading): number {
  const seconds = Math.floor(nowMs / 1000);
  return Math.floor((seconds + (zoneClock(timeZone)?.offsetAt(seconds) ?? 0)) / 86_400);
}

/** UTC milliseconds. A local time that the clocks skip is read by the offset before the change; of two, the first counts. */
function momentOf(time: Dated, msWithoutTime: number, timeZone: string): number {
  const localMs = dayNumber(time.year, time) * dayMs + (time.msOfDay ?? msWithoutTime);
  if (time.offsetMinutes !== null) return localMs - time.offsetMinutes * 60_000;
  const clock = zoneClock(timeZone);
  if (clock === undefined) return localMs;
  const local = Math.floor(localMs / 1000);
  const before = local - clock.offsetAt(local - 86_400);
  const after = local - clock.offsetAt(local + 86_400);
  const shown = [before, after].filter((seconds) => seconds + clock.offsetAt(seconds) === local);
  const seconds = shown.length > 0 ? Math.min(...shown) : before;
  return seconds * 1000 + (localMs - local * 1000);
}
