/** Microsecond times as the index and the API write them. Safe for the years 1970 to 2255. */

/** RFC 3339 in UTC with microseconds where they are not zero. */
export function formatMicros(timeUs: number): string {
  const ms = Math.floor(timeUs / 1000);
  const micros = timeUs - ms * 1000;
  const text = new Date(ms).toISOString();
  return micros === 0 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

let lastSecond = -1;
let lastSecondText = '';
let lastIsoSecond = -1;
let lastIsoText = '';

/** A JSON value: epoch milliseconds when whole, else the quoted RFC 3339 text. Neighbours mostly share their second. */
export function indexTimeJson(timeUs: number): string {
  const second = Math.floor(timeUs / 1e6);
  const fraction = timeUs - second * 1e6;
  if (fraction % 1000 !== 0) {
    if (second !== lastIsoSecond) {
      lastIsoSecond = second;
      lastIsoText = `"${new Date(second * 1000).toISOString().slice(0, -4)}`;
    }
    return `${lastIsoText}${String(1_000_000 + fraction).slice(1)}Z"`;
  }
  if (second !== lastSecond) {
    lastSecond = second;
    lastSecondText = String(second);
  }
  const ms = fraction / 1000;
  if (ms === 0) return `${lastSecondText}000`;
  return lastSecondText + (ms < 10 ? '00' : ms < 100 ? '0' : '') + String(ms);
}

/** The RFC 3339 text of either form. */
export function readIndexTime(value: unknown): string {
  if (typeof value === 'number') return new Date(value).toISOString();
  return typeof value === 'string' ? value : '';
}
