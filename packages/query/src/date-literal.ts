import { zoneClock } from '@akashi/log-event';

/** The span of time that a written date means: `2026-11-01` is that whole day. Epoch milliseconds, end excluded. */
export interface DateSpan {
  startMs: number;
  endMs: number;
}

const literal =
  /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads RFC 3339 times and shortened forms of them (a year, month, day, minute or second; `/` for `-`, a space for
 * `T`). Without a zone it is wall time of `timeZone` (IANA). Undefined when no such time exists. Fractions finer than
 * a millisecond are cut, as the index cuts them.
 */
export function parseDateLiteral(text: string, timeZone: string): DateSpan | undefined {
  const match = literal.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  if (zone !== undefined && hour === undefined) return undefined;
  const parts = [year, month ?? '1', day ?? '1', hour ?? '0', minute ?? '0', second ?? '0'].map(Number);
  const milliseconds = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const start = wallTime(parts, milliseconds);
  if (start === undefined) return undefined;
  const end = new Date(start);
  if (fraction !== undefined)
    end.setUTCMilliseconds(end.getUTCMilliseconds() + (fraction.length >= 3 ? 1 : fraction.length === 2 ? 10 : 100));
  else if (second !== undefined) end.setUTCSeconds(end.getUTCSeconds() + 1);
  else if (minute !== undefined) end.setUTCMinutes(end.getUTCMinutes() + 1);
  else if (day !== undefined) end.setUTCDate(end.getUTCDate() + 1);
  else if (month !== undefined) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCFullYear(end.getUTCFullYear() + 1);
  return {
    startMs: start - offsetMs(start, zone, timeZone),
    endMs: end.getTime() - offsetMs(end.getTime(), zone, timeZone),
  };
}

/** How a date bound is written so that reading it gives the same bound. */
export function formatDateBound(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function wallTime(parts: readonly number[], milliseconds: number): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  if (year < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, milliseconds);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() : undefined;
}

function offsetMs(wallMs: number, zone: string | undefined, timeZone: string): number {
  if (zone === undefined) return zoneOffsetMs(wallMs - zoneOffsetMs(wallMs, timeZone), timeZone);
  if (zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** How far wall clocks of a zone are ahead of UTC at an instant. */
export function zoneOffsetMs(epochMs: number, timeZone: string): number {
  const clock = zoneClock(timeZone);
  if (clock === undefined) throw new RangeError('the runtime knows no such time zone');
  return clock.offsetAt(Math.floor(epochMs / 1000)) * 1000;
}
