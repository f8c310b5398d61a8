import { formatDay } from './format-instant.ts';

/** Days are `yyyy-mm-dd` of the organisation's zone; arithmetic on them needs no zone. */
export function shiftDay(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The day whose logs are reviewed today: the one before, by the organisation's clock. */
export function dayToReview(nowMilliseconds: number, zone: string): string {
  return shiftDay(formatDay(nowMilliseconds, zone), -1);
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** `11月20日(金)`, `Friday, 20 November`: the year is said where it is not the usual one. */
export function dayWords(day: string, locale: string, withYear = false): string {
  return new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    ...(withYear ? { year: 'numeric' as const } : {}),
  }).format(new Date(`${day}T00:00:00Z`));
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
