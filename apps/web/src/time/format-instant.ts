import { offsetMinutes, toWallClock } from './zoned-time.ts';

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** `2026-11-20` in the zone. */
export function formatDay(instant: number, zone: string): string {
  const clock = toWallClock(instant, zone);
  return `${pad(clock.year, 4)}-${pad(clock.month)}-${pad(clock.day)}`;
}

/** `10:02:11.123` in the zone; 24 hours, so columns stay aligned. */
export function formatClock(instant: number, zone: string, precision: 'minute' | 'second' | 'millisecond'): string {
  const clock = toWallClock(instant, zone);
  const minutes = `${pad(clock.hour)}:${pad(clock.minute)}`;
  if (precision === 'minute') return minutes;
  const seconds = `${minutes}:${pad(clock.second)}`;
  return precision === 'second' ? seconds : `${seconds}.${pad((((instant % 1000) + 1000) % 1000) | 0, 3)}`;
}

export function formatInstant(
  instant: number,
  zone: string,
  precision: 'minute' | 'second' | 'millisecond' = 'second',
): string {
  return `${formatDay(instant, zone)} ${formatClock(instant, zone, precision)}`;
}

/** `UTC`, `JST`, or the offset (`UTC+05:45`) where the zone has no short name that people use. */
export function zoneLabel(zone: string, instant: number): string {
  const minutes = offsetMinutes(instant, zone);
  if (zone === 'UTC') return 'UTC';
  if (zone === 'Asia/Tokyo') return 'JST';
  const sign = minutes < 0 ? '−' : '+';
  const size = Math.abs(minutes);
  return `UTC${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** An RFC 3339 instant with up to nanoseconds; the text after milliseconds is kept apart, as numbers cannot hold it. */
export function parseInstant(text: string): number {
  return Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
}

/** The digits beyond milliseconds of an RFC 3339 instant, '' when there are none. */
export function digitsBeyondMilliseconds(text: string): string {
  const digits = /\.\d{3}(\d+)/.exec(text)?.[1] ?? '';
  return /^0*$/.test(digits) ? '' : digits;
}
