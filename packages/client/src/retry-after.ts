/** No server may silence its client for longer than this. */
const maxRetryAfterMs = 600_000;

/** `Retry-After` in seconds or as a date (RFC 9110 section 10.2.3); null when absent or unreadable. */
export function parseRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null || value.trim() === '') return null;
  const seconds = /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(seconds) ? null : Math.min(maxRetryAfterMs, Math.max(0, seconds));
}
