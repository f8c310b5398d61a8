import { zoneClock } from '@akashi/log-event';

/** Clock times of one zone, written as RFC 3339 with a space, milliseconds and the offset: `2026-11-20 10:02:11.123+09:00`. */
export type ZonedClock = (moment: string) => string;

/** Throws a RangeError for a zone that the runtime does not know. */
export function zonedClock(timeZone: string): ZonedClock {
  const zone = zoneClock(timeZone);
  if (zone === undefined) throw new RangeError('the time zone is not known');
  return (moment) => {
    const ms = Date.parse(moment);
    if (Number.isNaN(ms)) return moment;
    const minutes = Math.trunc(zone.offsetAt(Math.floor(ms / 1000)) / 60);
    const clock = new Date(ms + minutes * 60_000).toISOString();
    return `${clock.slice(0, 10)} ${clock.slice(11, 23)}${offsetText(minutes)}`;
  };
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}
