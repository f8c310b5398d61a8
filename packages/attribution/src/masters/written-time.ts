import { plainText } from './written-name.ts';

/** A time as a table writes it, before its zone and its year are known. */
export interface WrittenTime {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** 0 to 86,400,000 (24:00, the end of the day); null where only the day is written. */
  readonly msOfDay: number | null;
  /** Minutes east of UTC; null where no zone is written. */
  readonly offsetMinutes: number | null;
}

const fullDate = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const japaneseDate = /^(?:(\d{4})年 ?)?(\d{1,2})月 ?(\d{1,2})日/;
const eraDate = /^(令和|平成|昭和|[RHS])\.? ?(元|\d{1,2})([年./-]) ?(\d{1,2})[月./-] ?(\d{1,2})(?!\d)日?/i;
const bareDigits = /^(\d{4})(\d\d)(\d\d)(?!\d)/;
const bareDigitsAndTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/;
const monthAndDay = /^(\d{1,2})([-/])(\d{1,2})(?![\d/-])/;
const dayAndName = /^(\d{1,2})[- ]([a-z]{3,9})\.?[-, ] ?(\d{4})(?!\d)/i;
const nameAndDay = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})(?!\d)/i;
const weekday = /^ ?\((?:[日月火水木金土]|sun|mon|tue|wed|thu|fri|sat)\)/i;
const clockTime = /^(午前|午後|am |pm )? ?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(am|pm))?/i;
const japaneseTime = /^(午前|午後)? ?(\d{1,2})時(?: ?(\d{1,2})分(?: ?(\d{1,2})秒)?)?/;
const basicTime = /^(\d\d)(\d\d)(\d\d)?(?!\d)/;
const zone = /^ ?(?:(z|utc|gmt)|(jst)|([+-])(\d\d):?(\d\d)?)$/i;

const months = ['january', 'february', 'march', 'april', 'may', 'june'].concat([
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]);

const firstYear = 1900;
const eras: Readonly<Record<string, number>> = { 令和: 2018, r: 2018, 平成: 1988, h: 1988, 昭和: 1925, s: 1925 };

/**
 * Reads ISO 8601, `2026/06/29 13:00`, `06/29 13:00`, `2026年6月29日 13時00分`, `R8.6.29`, `29-Jun-2026`, `20260629130000` and their
 * neighbours: a month in digits comes before its day, and behind its year. Undefined for anything else, `06/29/2026` and `26/06/29` included:
 * which of their numbers is the day cannot be known.
 */
export function readWrittenTime(written: string): WrittenTime | undefined {
  const text = plainText(written);
  if (text.length > 64) return undefined;
  const all = bareDigitsAndTime.exec(text);
  if (all !== null) {
    const [year, month, day, hour, minute, second] = numbers(all.slice(1));
    return checked({ year, month, day, ms: msOfDay(hour, minute, second), offset: null });
  }
  const date = readDate(text);
  if (date === undefined) return undefined;
  const rest = text.slice(date.length);
  const behind = rest.slice(weekday.exec(rest)?.[0].length ?? 0);
  if (behind === '') return checked({ ...date, ms: null, offset: null });
  const time = readTimeOfDay(behind);
  if (time === undefined) return undefined;
  const after = behind.slice(time.length);
  const offset = after === '' ? null : readZone(after);
  return offset === undefined ? undefined : checked({ ...date, ms: time.ms, offset });
}

interface ReadDate {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly length: number;
}

function readDate(text: string): ReadDate | undefined {
  const full = fullDate.exec(text);
  if (full !== null) return dateOf(full, [full[1], full[3], full[4]]);
  const japanese = japaneseDate.exec(text);
  if (japanese !== null) return dateOf(japanese, japanese.slice(1));
  const era = eraDate.exec(text);
  if (era !== null) {
    const before = eras[(era[1] ?? '').toLowerCase()] ?? 0;
    const ofEra = era[2] === '元' ? 1 : Number(era[2]);
    return dateOf(era, [String(before + ofEra), era[4], era[5]]);
  }
  const digits = bareDigits.exec(text);
  if (digits !== null) return dateOf(digits, digits.slice(1));
  const named = dayAndName.exec(text) ?? nameAndDay.exec(text);
  if (named !== null) return readNamedMonth(named);
  const short = monthAndDay.exec(text);
  return short === null ? undefined : dateOf(short, [undefined, short[1], short[3]]);
}

/** `29 Jun 2026`, `29-Jun-2026`, `June 29, 2026`: a word for the month says which number is the day. */
function readNamedMonth(match: RegExpExecArray): ReadDate | undefined {
  const [, one = '', other = '', year] = match;
  const [word, day] = /^\d/.test(one) ? [other, one] : [one, other];
  const month = months.findIndex((name) => name === word.toLowerCase() || name.slice(0, 3) === word.toLowerCase());
  return month < 0 ? undefined : dateOf(match, [year, String(month + 1), day]);
}

function dateOf(match: RegExpExecArray, parts: readonly (string | undefined)[]): ReadDate {
  const [year, month, day] = numbers(parts);
  return { year, month, day, length: match[0].length };
}

function readTimeOfDay(text: string): { readonly ms: number; readonly length: number } | undefined {
  const lead = /^[T ]/i.exec(text)?.[0].length ?? 0;
  const body = text.slice(lead);
  const clock = clockTime.exec(body);
  if (clock !== null) {
    const [hour, minute, second] = numbers(clock.slice(2, 5));
    const half = (clock[1] ?? clock[6])?.trim().toLowerCase();
    const millis = Math.floor(Number(`0.${clock[5] ?? '0'}`) * 1000);
    return measured(msOfDay(halfDay(hour, half), minute, second, millis), lead + clock[0].length);
  }
  const japanese = japaneseTime.exec(body);
  if (japanese !== null) {
    const [hour, minute = 0, second] = numbers(japanese.slice(2));
    return measured(msOfDay(halfDay(hour, japanese[1]), minute, second), lead + japanese[0].length);
  }
  const basic = lead === 0 ? null : basicTime.exec(body);
  if (basic === null) return undefined;
  const [hour, minute, second] = numbers(basic.slice(1));
  return measured(msOfDay(hour, minute, second), lead + basic[0].length);
}

function measured(ms: number, length: number): { readonly ms: number; readonly length: number } {
  return { ms, length };
}

/** The hour of the day that an hour of the morning or the afternoon is; NaN for one that there is not. */
function halfDay(hour: number | undefined, half: string | undefined): number | undefined {
  if (half === undefined || hour === undefined) return hour;
  const most = half === '午前' || half === '午後' ? 12 : hour === 0 ? -1 : 12;
  if (hour > most) return Number.NaN;
  return (hour % 12) + (half === 'pm' || half === '午後' ? 12 : 0);
}

/** NaN for a time that no day has. 24:00 is the end of the day, 23:59:60 a leap second that counts as it. */
function msOfDay(...parts: readonly (number | undefined)[]): number {
  const [hour = 0, minute = 0, second = 0, millis = 0] = parts;
  const ms = ((hour * 60 + minute) * 60 + second) * 1000 + millis;
  if (minute > 59 || second > 60 || ms > 86_400_000) return Number.NaN;
  return ms;
}

/** Minutes east of UTC; undefined for what names no offset. */
function readZone(text: string): number | undefined {
  const match = zone.exec(text);
  if (match === null) return undefined;
  if (match[1] !== undefined) return 0;
  if (match[2] !== undefined) return 9 * 60;
  const [hours = 0, minutes = 0] = numbers(match.slice(4));
  if (hours > 18 || minutes > 59) return undefined;
  return (match[3] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function numbers(parts: readonly (string | undefined)[]): (number | undefined)[] {
  return parts.map((part) => (part === undefined ? undefined : Number(part)));
}

interface Parts {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly ms: number | null;
  readonly offset: number | null;
}

function checked({ year, month = 0, day = 0, ms, offset }: Parts): WrittenTime | undefined {
  if (Number.isNaN(ms) || (year !== undefined && year < firstYear)) return undefined;
  if (!isCalendarDay(year ?? null, month, day)) return undefined;
  return { year: year ?? null, month, day, msOfDay: ms, offsetMinutes: offset };
}

/** Whether the calendar has the day; without a year, whether some year has it. */
export function isCalendarDay(year: number | null, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year ?? 2000, month - 1, day));
  return month >= 1 && day >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
