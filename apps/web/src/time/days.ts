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
  return dayFormat(locale, withYear).format(new Date(`${day}T00:00:00Z`));
}

/** A year has 365 of them, and a formatter is dear to make. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(locale: string, withYear: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${withYear}`;
  const known = dayFormats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    ...(withYear ? { year: 'numeric' as const } : {}),
  });
  dayFormats.set(key, format);
  return format;
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
