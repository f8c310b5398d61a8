/** Microsecond times as the index and the API write them. Safe for the years 1970 to 2255. */

/** RFC 3339 in UTC with microseconds where they are not zero. */
export function formatMicros(timeUs: number): string {
  const ms = Math.floor(timeUs / 1000);
  const micros = timeUs - ms * 1000;
  const text = new Date(ms).toISOString();
  return micros === 0 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

/** A JSON value: epoch milliseconds when whole, else the quoted RFC 3339 text. */
export function indexTimeJson(timeUs: number): string {
  return timeUs % 1000 === 0 ? String(timeUs / 1000) : `"${formatMicros(timeUs)}"`;
}

/** The RFC 3339 text of either form. */
export function readIndexTime(value: unknown): string {
  if (typeof value === 'number') return new Date(value).toISOString();
  return typeof value === 'string' ? value : '';
}
