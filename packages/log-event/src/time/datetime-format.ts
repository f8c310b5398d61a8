/**
 * The strptime formats that an agent's `datetime_format` may hold, compiled to one linear expression that finds the
 * time anywhere in a line. Directives: %Y %y %m %d %e %b %B %H %I %p %M %S %f %z %Z %j %a %A %s %%.
 */

import { epochTextMicros } from './read-epoch.ts';
import { readMonthName } from './read-time.ts';
import { isCalendarDay, isLeapYear, type WallTime } from './wall-time.ts';
import { zoneNameMinutes } from './zone-names.ts';

export interface DatetimeFormat {
  /** The first time in the text, undefined when the format is not found or names no real time. */
  find(text: string): FoundTime | undefined;
}

export interface FoundTime {
  text: string;
  wall?: WallTime;
  /** Microseconds since 1970, for %s. */
  epochUs?: number;
}

const directives: Readonly<Record<string, string>> = {
  Y: '(\\d{4})',
  y: '(\\d{2})',
  m: '(\\d{1,2})',
  d: '([ \\d]?\\d)',
  e: '([ \\d]?\\d)',
  b: '([A-Za-z]{3})[a-z]*\\.?',
  B: '([A-Za-z]{3})[a-z]*',
  H: '([ \\d]?\\d)',
  I: '([ \\d]?\\d)',
  p: '([AaPp])\\.?[Mm]\\.?',
  M: '(\\d{2})',
  S: '(\\d{2})',
  f: '(\\d{1,9})',
  z: '(Z|[+-]\\d{2}:?\\d{2})',
  Z: '([A-Za-z]{1,5})',
  j: '(\\d{3})',
  s: '(\\d{9,19})',
};

/** A configured format longer than this is a mistake, and would compile to a needlessly large expression. */
const maxFormatLength = 128;
/** Where a line's time is looked for: a time further in belongs to the text. */
const searchedChars = 1024;

const compiled = new Map<string, DatetimeFormat | null>();

/** The compiled format, undefined when it holds an unknown directive or no clock time. */
export function datetimeFormat(format: string): DatetimeFormat | undefined {
  let found = compiled.get(format);
  if (found === undefined) {
    if (compiled.size >= 256) compiled.clear();
    found = compile(format);
    compiled.set(format, found);
  }
  return found ?? undefined;
}

function compile(format: string): DatetimeFormat | null {
  if (format.length > maxFormatLength) return null;
  const names: string[] = [];
  let source = '';
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i);
    if (char !== '%') {
      source += char === ' ' ? ' +' : char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      continue;
    }
    const directive = format.charAt(++i);
    if (directive === '%') source += '%';
    else if (directive === 'a' || directive === 'A') source += '[A-Za-z]{3,9}';
    else {
      const part = directives[directive];
      if (part === undefined) return null;
      names.push(directive);
      source += part;
    }
  }
  if (!names.includes('s') && !names.includes('H') && !names.includes('I')) return null;
  const expression = new RegExp(`(?<![0-9])${source}`);
  return {
    find(text) {
      const match = expression.exec(text.length > searchedChars ? text.slice(0, searchedChars) : text);
      if (match === null) return undefined;
      const parts: Record<string, string> = {};
      names.forEach((name, index) => (parts[name] = match[index + 1] ?? ''));
      return interpret(parts, match[0].trim());
    },
  };
}

function interpret(parts: Record<string, string>, text: string): FoundTime | undefined {
  if (parts['s'] !== undefined) {
    const epochUs = epochTextMicros(parts['s']);
    return epochUs === undefined ? undefined : { text, epochUs };
  }
  const day = dayOf(parts);
  const hour = hourOf(parts);
  const minute = Number(parts['M'] ?? 0);
  const second = Number(parts['S'] ?? 0);
  if (day === undefined || !(hour >= 0 && hour < 24) || minute > 59 || second > 60) return undefined;
  const micros = Number((parts['f'] ?? '').slice(0, 6).padEnd(6, '0'));
  const secondOfDay = hour * 3600 + minute * 60 + second;
  return { text, wall: { ...day, secondOfDay, micros, ...zoneOf(parts), end: 0 } };
}

function dayOf(parts: Record<string, string>): { year: number; month: number; day: number } | undefined {
  const short = Number(parts['y'] ?? 0);
  const year =
    parts['Y'] !== undefined ? Number(parts['Y']) : parts['y'] === undefined ? 0 : short + (short < 69 ? 2000 : 1900);
  if (parts['j'] !== undefined) return dayOfYear(year, Number(parts['j']));
  const monthName = parts['b'] ?? parts['B'];
  const month = monthName === undefined ? Number(parts['m'] ?? 0) : readMonthName(monthName.toLowerCase(), 0);
  const day = Number(parts['d'] ?? parts['e'] ?? 0);
  return isCalendarDay(year, month, day) ? { year, month, day } : undefined;
}

function dayOfYear(year: number, ordinal: number): { year: number; month: number; day: number } | undefined {
  if (year === 0 || ordinal < 1 || ordinal > (isLeapYear(year) ? 366 : 365)) return undefined;
  const date = new Date(Date.UTC(year, 0, ordinal));
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function hourOf(parts: Record<string, string>): number {
  if (parts['H'] !== undefined) return Number(parts['H']);
  const hour = Number(parts['I'] ?? 0);
  if (hour < 1 || hour > 12) return -1;
  const afternoon = (parts['p'] ?? 'a').toLowerCase() === 'p';
  return (hour % 12) + (afternoon ? 12 : 0);
}

function zoneOf(parts: Record<string, string>): Pick<WallTime, 'offsetMinutes' | 'hasUnknownZone'> {
  const name = parts['Z'];
  const offset = parts['z'] === undefined ? undefined : offsetOf(parts['z']);
  const minutes = offset ?? (name === undefined ? undefined : zoneNameMinutes(name.toUpperCase()));
  return { offsetMinutes: minutes, hasUnknownZone: minutes === undefined && name !== undefined };
}

function offsetOf(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith('-') ? -minutes : minutes;
}
