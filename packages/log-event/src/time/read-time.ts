/**
 * Readers of written times, each from a place in a text: character codes only, no allocation but the result. They
 * refuse what the calendar or the clock does not have, so that a number that merely looks like a time is not one.
 */

import { isCalendarDay, type WallTime } from './wall-time.ts';
import { offsetMinutes } from './written-zone.ts';
import { isZoneName, zoneNameMinutes } from './zone-names.ts';

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const months = new Map<string, number>();
monthNames.forEach((name, index) => {
  for (const form of [name, name.charAt(0).toUpperCase() + name.slice(1), name.toUpperCase()])
    months.set(form, index + 1);
});
const weekdays = new Set(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']);

export function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** The number of exactly `count` digits, -1 when there are fewer. */
export function readDigits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** `Jan` to `Dec` (also all lower or upper case) as 1 to 12, 0 for anything else. */
export function readMonthName(text: string, at: number): number {
  return months.get(text.slice(at, at + 3)) ?? 0;
}

/** `2026-11-22T14:07:39.123456+09:00`, also with `/`, with a space for T, without a zone, with the zone after a space. */
export function readIsoTime(text: string, at: number): WallTime | undefined {
  const separator = text.charCodeAt(at + 4);
  if (separator !== 45 && separator !== 47) return undefined;
  if (text.charCodeAt(at + 7) !== separator) return undefined;
  const between = text.charCodeAt(at + 10);
  if (between !== 84 && between !== 32 && between !== 116) return undefined;
  const year = readDigits(text, at, 4);
  const month = readDigits(text, at + 5, 2);
  const day = readDigits(text, at + 8, 2);
  if (year < 1 || !isCalendarDay(year, month, day)) return undefined;
  const wall = readClock(text, at + 11);
  if (wall === undefined) return undefined;
  wall.year = year;
  wall.month = month;
  wall.day = day;
  readOffset(text, wall);
  return wall;
}

/**
 * `Nov 22 14:07:39`, `Nov  2 2026 14:07:39.123`, `Sun Nov 22 14:07:39 JST 2026`: the RFC 3164 time, the forms that
 * devices make of it, and that of ctime. The year is 0 where none is written.
 */
export function readBsdTime(text: string, start: number): WallTime | undefined {
  let at = start;
  if (isLetterAt(text, at + 4) && weekdays.has(text.slice(at, at + 3))) {
    at += text.charCodeAt(at + 3) === 44 ? 5 : 4;
    if (text.charCodeAt(at - 1) !== 32) return undefined;
  }
  const month = readMonthName(text, at);
  if (month === 0) return undefined;
  at += 3;
  if (text.charCodeAt(at) !== 32) return undefined;
  while (text.charCodeAt(at) === 32 && at < start + 16) at++;
  const two = isDigitAt(text, at + 1);
  const day = readDigits(text, at, two ? 2 : 1);
  at += two ? 2 : 1;
  if (text.charCodeAt(at) === 44) at++;
  if (text.charCodeAt(at) !== 32) return undefined;
  at++;
  let year = readYear(text, at);
  if (year > 0) at += 5;
  if (!isCalendarDay(year, month, day)) return undefined;
  const wall = readClock(text, at);
  if (wall === undefined) return undefined;
  readNamedOffset(text, wall);
  readZoneName(text, wall);
  if (year === 0 && text.charCodeAt(wall.end) === 32) {
    year = readYear(text, wall.end + 1);
    if (year > 0) wall.end += 5;
  }
  if (!isCalendarDay(year, month, day)) return undefined;
  wall.year = year;
  wall.month = month;
  wall.day = day;
  readOffset(text, wall);
  return wall;
}

/** `2026 Nov 22 14:07:39.123 JST`, as NX-OS writes it. */
export function readYearFirstTime(text: string, at: number): WallTime | undefined {
  const year = readYear(text, at);
  if (year === 0 || text.charCodeAt(at + 4) !== 32) return undefined;
  const wall = readBsdTime(text, at + 5);
  if (wall === undefined || wall.year !== 0 || !isCalendarDay(year, wall.month, wall.day)) return undefined;
  wall.year = year;
  return wall;
}

/** `26 Feb 13:49:00` or `26 Feb 2026 13:49:00`, as ntpd writes into its own file, also with a zone; `26-Feb-2026 13:49:00.123` of named. */
export function readDayFirstTime(text: string, start: number): WallTime | undefined {
  let at = text.charCodeAt(start) === 32 ? start + 1 : start;
  const two = isDigitAt(text, at + 1);
  const day = readDigits(text, at, two ? 2 : 1);
  at += two ? 3 : 2;
  const separator = text.charCodeAt(at - 1);
  const month = separator === 32 || separator === 45 ? readMonthName(text, at) : 0;
  if (month === 0 || text.charCodeAt(at + 3) !== separator) return undefined;
  at += 4;
  const year = readYear(text, at);
  if (year > 0) at += 5;
  if (!isCalendarDay(year, month, day)) return undefined;
  const wall = readClock(text, at);
  if (wall === undefined) return undefined;
  wall.year = year;
  wall.month = month;
  wall.day = day;
  readOffset(text, wall);
  return wall;
}

/** `22/Nov/2026:14:07:39 +0900`, the time of access logs. */
export function readAccessLogTime(text: string, at: number): WallTime | undefined {
  if (text.charCodeAt(at + 2) !== 47 || text.charCodeAt(at + 6) !== 47 || text.charCodeAt(at + 11) !== 58)
    return undefined;
  const day = readDigits(text, at, 2);
  const month = readMonthName(text, at + 3);
  const year = readDigits(text, at + 7, 4);
  if (year < 1 || month === 0 || !isCalendarDay(year, month, day)) return undefined;
  const wall = readClock(text, at + 12);
  if (wall === undefined) return undefined;
  wall.year = year;
  wall.month = month;
  wall.day = day;
  readOffset(text, wall);
  return wall;
}

/** `HH:MM:SS` with an optional fraction after `.` or `,`; the date is left for the caller. */
export function readClock(text: string, at: number): WallTime | undefined {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return undefined;
  const hour = readDigits(text, at, 2);
  const minute = readDigits(text, at + 3, 2);
  const second = readDigits(text, at + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return undefined;
  const wall: WallTime = {
    year: 0,
    month: 0,
    day: 0,
    secondOfDay: hour * 3600 + minute * 60 + second,
    micros: 0,
    offsetMinutes: undefined,
    hasUnknownZone: false,
    end: at + 8,
  };
  const mark = text.charCodeAt(at + 8);
  if ((mark === 46 || mark === 44) && isDigitAt(text, at + 9)) readFraction(text, wall);
  return wall;
}

function readFraction(text: string, wall: WallTime): void {
  let at = wall.end + 1;
  let scale = 100_000;
  let micros = 0;
  for (; isDigitAt(text, at); at++) {
    micros += (text.charCodeAt(at) - 48) * scale;
    scale = scale === 1 ? 0 : scale / 10;
  }
  wall.micros = micros;
  wall.end = at;
}

/** Z, +09:00, +0900, +09, also after one space; nothing is taken when none of these stands there. */
function readOffset(text: string, wall: WallTime): void {
  if (wall.offsetMinutes !== undefined) return;
  let at = wall.end;
  let code = text.charCodeAt(at);
  if (code === 90 || code === 122) {
    if (isWordAt(text, at + 1)) return;
    wall.offsetMinutes = 0;
    wall.end = at + 1;
    return;
  }
  if (code === 32) code = text.charCodeAt(++at);
  if (code !== 43 && code !== 45) {
    if (at > wall.end) {
      readNamedOffset(text, wall);
      readZoneName(text, wall);
    }
    return;
  }
  const hours = readDigits(text, at + 1, 2);
  if (hours < 0 || hours > 15) return;
  let end = at + 3;
  const colon = text.charCodeAt(end) === 58 ? 1 : 0;
  let minutes = readDigits(text, end + colon, 2);
  if (minutes >= 0 && minutes < 60) end += colon + 2;
  else if (at > wall.end) return;
  else minutes = 0;
  if (isDigitAt(text, end)) return;
  wall.offsetMinutes = (code === 45 ? -1 : 1) * (hours * 60 + minutes);
  wall.end = end;
}

/** A zone abbreviation after one space. An ambiguous one is passed over and leaves the zone to the source. */
function readZoneName(text: string, wall: WallTime): void {
  if (text.charCodeAt(wall.end) !== 32 || wall.offsetMinutes !== undefined) return;
  const from = wall.end + 1;
  let to = from;
  while (to < from + 6 && isUpperAt(text, to)) to++;
  if (to - from < 2 || to - from > 5 || isWordAt(text, to)) return;
  const after = text.charCodeAt(to);
  if (after === 46 || after === 45 || after === 91) return;
  const name = text.slice(from, to);
  if (!isZoneName(name)) return;
  wall.offsetMinutes = zoneNameMinutes(name);
  wall.hasUnknownZone = wall.offsetMinutes === undefined;
  wall.end = to;
}

/** `GMT+09:00`, `UTC-5`: an offset that a name of UTC leads. */
function readNamedOffset(text: string, wall: WallTime): void {
  if (text.charCodeAt(wall.end) !== 32) return;
  const name = text.slice(wall.end + 1, wall.end + 4);
  if (name !== 'GMT' && name !== 'UTC') return;
  const sign = text.charCodeAt(wall.end + 4);
  if (sign !== 43 && sign !== 45) return;
  namedOffset.lastIndex = wall.end + 4;
  const written = namedOffset.exec(text)?.[0];
  const minutes = written === undefined ? undefined : offsetMinutes(written);
  if (written === undefined || minutes === undefined) return;
  wall.offsetMinutes = minutes;
  wall.end += 4 + written.length;
}

const namedOffset = /[+-]\d{1,2}(?::?\d{2})?(?![\w:])/y;

/** A year that stands by itself: `2001:db8::1` is a host, `2026: ` and `2026]` end a time. */
function readYear(text: string, at: number): number {
  const year = readDigits(text, at, 4);
  if (year < 1970 || year > 2199) return 0;
  const next = text.charCodeAt(at + 4);
  if (next === 32 || next === 93 || Number.isNaN(next)) return year;
  const afterColon = text.charCodeAt(at + 5);
  return next === 58 && (afterColon === 32 || Number.isNaN(afterColon)) ? year : 0;
}

/** After a weekday and its blank a month follows; after a month, a day. */
function isLetterAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 32;
  return (code >= 97 && code <= 122) || text.charCodeAt(at) === 32;
}

function isUpperAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 65 && code <= 90;
}

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
