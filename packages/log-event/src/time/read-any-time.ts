import { epochMicros, epochTextMicros } from './read-epoch.ts';
import { readAccessLogTime, readBsdTime, readDayFirstTime, readIsoTime } from './read-time.ts';
import type { WallTime } from './wall-time.ts';

/** RFC 5322 leads with the day of the week: `Mon, 30 Nov 2026 12:08:10 +0900`. */
const weekday = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), /;
const bracketed = /^\[[\w/+-]{1,40}\]$/;

export type AnyTime = { wall: WallTime } | { epochUs: number };

/** A value that is a time as a whole: RFC 3339 and its relatives, syslog, ctime, access log, epoch of any unit. */
export function readAnyTime(value: string | number): AnyTime | undefined {
  if (typeof value === 'number') {
    const epochUs = epochMicros(value);
    return epochUs === undefined ? undefined : { epochUs };
  }
  if (value.length < 9 || value.length > 64) return undefined;
  const text = value.trim();
  const wall =
    readIsoTime(text, 0) ??
    readBsdTime(text, 0) ??
    readAccessLogTime(text, 0) ??
    readDayFirstTime(text, weekday.test(text) ? 5 : 0);
  if (wall !== undefined) {
    // `2026-11-22T14:07:39+09:00[Asia/Tokyo]`: RFC 9557 puts the zone's name behind the offset.
    const isWhole =
      wall.end === text.length || (wall.offsetMinutes !== undefined && bracketed.test(text.slice(wall.end)));
    return isWhole ? { wall } : undefined;
  }
  const epochUs = epochTextMicros(text);
  return epochUs === undefined ? undefined : { epochUs };
}
