/** Clock times of one zone, written as RFC 3339 with a space, milliseconds and the offset: `2026-11-20 10:02:11.123+09:00`. */
export type ZonedClock = (moment: string) => string;

/**
 * Formatters are dear to make, so one serves a whole file. The offset of a quarter of an hour is kept: no zone changes its
 * clocks within one.
 */
export function zonedClock(timeZone: string): ZonedClock {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'longOffset',
    year: 'numeric',
  });
  let quarter = Number.NaN;
  let offset = { minutes: 0, text: '+00:00' };
  return (moment) => {
    const ms = Date.parse(moment);
    if (Number.isNaN(ms)) return moment;
    const current = Math.floor(ms / quarterMs);
    if (current !== quarter) {
      quarter = current;
      offset = offsetAt(formatter, ms);
    }
    const clock = new Date(ms + offset.minutes * 60_000).toISOString();
    return `${clock.slice(0, 10)} ${clock.slice(11, 23)}${offset.text}`;
  };
}

const quarterMs = 15 * 60_000;

function offsetAt(formatter: Intl.DateTimeFormat, ms: number): { minutes: number; text: string } {
  const name = formatter.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '00', minutes = '00'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return { minutes: 0, text: '+00:00' };
  const size = Number(hours) * 60 + Number(minutes);
  return { minutes: sign === '-' ? -size : size, text: `${sign}${hours}:${minutes}` };
}
