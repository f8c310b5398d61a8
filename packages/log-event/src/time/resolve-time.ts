/**
 * From a written time to a moment. The policy, also in the README:
 * - no year: the latest year that puts the time at most one day after its receipt;
 * - no zone: the source's zone. A local time that a clock change makes happen twice is the one nearer to its receipt;
 *   one that a clock change skips is read with the offset from before the change.
 */

import { daysFromCivil, isLeapYear, type WallTime } from './wall-time.ts';
import type { ZoneClock } from './zone-clock.ts';

const daySeconds = 86_400;
/** How far a device's clock may run ahead before a line counts as last year's. */
const aheadSeconds = daySeconds;

/** Microseconds since 1970. */
export function resolveTime(wall: WallTime, clock: ZoneClock, receivedAtUs: number): number {
  const receivedSeconds = Math.floor(receivedAtUs / 1e6);
  const year = wall.year > 0 ? wall.year : undefined;
  const seconds =
    year === undefined
      ? secondsInNearestYear(wall, clock, receivedSeconds)
      : secondsInYear({ wall, clock, receivedSeconds }, year);
  return seconds * 1e6 + wall.micros;
}

interface Reading {
  wall: WallTime;
  clock: ZoneClock;
  receivedSeconds: number;
}

function secondsInNearestYear(wall: WallTime, clock: ZoneClock, receivedSeconds: number): number {
  const received = receivedMonth(receivedSeconds);
  const receivedYear = received.year;
  const reading = { wall, clock, receivedSeconds };
  const leapDay = wall.month === 2 && wall.day === 29;
  const first = wall.month === 1 && received.month === 12 ? receivedYear + 1 : receivedYear;
  // A leap day is at most eight years back (around 1900 and 2100), every other day at most one.
  for (let year = first; year > receivedYear - 9; year--) {
    if (leapDay && !isLeapYear(year)) continue;
    const seconds = secondsInYear(reading, year);
    if (seconds <= receivedSeconds + aheadSeconds) return seconds;
  }
  return secondsInYear(reading, receivedYear);
}

let lastReceivedSeconds = -1;
let lastReceivedMonth = { year: 1970, month: 1 };

/** Records of one batch were received together. */
function receivedMonth(receivedSeconds: number): { year: number; month: number } {
  if (receivedSeconds !== lastReceivedSeconds) {
    const date = new Date(receivedSeconds * 1000);
    lastReceivedSeconds = receivedSeconds;
    lastReceivedMonth = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
  }
  return lastReceivedMonth;
}

function secondsInYear(reading: Reading, year: number): number {
  const { wall, clock, receivedSeconds } = reading;
  const local = daysFromCivil(year, wall.month, wall.day) * daySeconds + wall.secondOfDay;
  if (wall.offsetMinutes !== undefined) return local - wall.offsetMinutes * 60;
  return localToUtc(local, clock, receivedSeconds);
}

function localToUtc(local: number, clock: ZoneClock, receivedSeconds: number): number {
  const steady = clock.steadyOffset(Math.floor(local / daySeconds));
  if (steady !== undefined) return local - steady;
  const before = clock.offsetAt(local - daySeconds);
  const after = clock.offsetAt(local + daySeconds);
  const early = local - before;
  if (before === after) return early;
  const late = local - after;
  const earlyIsReal = clock.offsetAt(early) === before;
  const lateIsReal = clock.offsetAt(late) === after;
  if (earlyIsReal && lateIsReal) {
    return Math.abs(late - receivedSeconds) < Math.abs(early - receivedSeconds) ? late : early;
  }
  return lateIsReal ? late : early;
}
