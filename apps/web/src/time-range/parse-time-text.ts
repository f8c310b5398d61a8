import { startOfDay, toWallClock, fromWallClock } from '../time/zoned-time.ts';
import { lastInstant, type CalendarWord, type RelativeUnit, type TimeRange } from './time-range.ts';

export type TimeTextResult =
  { ok: true; range: TimeRange } | { ok: false; code: 'unreadable' | 'ends-before-it-starts' };

interface Reading {
  now: number;
  zone: string;
}

const words: Record<string, CalendarWord> = {
  today: 'today',
  今日: 'today',
  本日: 'today',
  yesterday: 'yesterday',
  昨日: 'yesterday',
  'day before yesterday': 'day-before-yesterday',
  一昨日: 'day-before-yesterday',
  おととい: 'day-before-yesterday',
  'this week': 'this-week',
  今週: 'this-week',
  'last week': 'last-week',
  先週: 'last-week',
  'this month': 'this-month',
  今月: 'this-month',
  'last month': 'last-month',
  先月: 'last-month',
};
const dayShifts: Partial<Record<CalendarWord, number>> = { today: 0, yesterday: -1, 'day-before-yesterday': -2 };
const units: Record<string, RelativeUnit> = {
  s: 's',
  sec: 's',
  second: 's',
  秒: 's',
  秒間: 's',
  m: 'm',
  min: 'm',
  minute: 'm',
  分: 'm',
  分間: 'm',
  h: 'h',
  hr: 'h',
  hour: 'h',
  時間: 'h',
  d: 'd',
  day: 'd',
  日: 'd',
  日間: 'd',
  w: 'w',
  week: 'w',
  週: 'w',
  週間: 'w',
};

/**
 * Reads a typed range: `15m`, `直近2時間`, `昨日`, `last week`, `today 10-12`, `11/20 10:00-12:30`, `2026-11-01`,
 * `2026-11-01 10:00..12:00`, `2026-11-01T10:00:00Z..2026-11-01T12:00:00+09:00`. Full-width forms are understood.
 * Times without a zone are those of `reading.zone`; a day without a year is the latest such day that is not in the future.
 */
export function parseTimeText(text: string, reading: Reading): TimeTextResult {
  const normal = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  const word = words[normal];
  if (word) return { ok: true, range: { kind: 'calendar', word } };
  return readLast(normal) ?? readSpan(normal, reading);
}

function readLast(text: string): TimeTextResult | null {
  const match = /^(?:last |past |直近 ?|過去 ?|-)?(\d{1,5}) ?([a-z]+|[^\d\s]+?)$/.exec(text);
  const unit = units[match?.[2] ?? ''] ?? units[(match?.[2] ?? '').replace(/s$/, '')];
  const amount = Number(match?.[1]);
  if (!match || !unit || amount === 0) return null;
  return { ok: true, range: { kind: 'last', amount, unit } };
}

interface Point {
  from: number;
  to: number;
  day: number;
}

function readSpan(text: string, reading: Reading): TimeTextResult {
  const parts = splitSpan(text);
  const first = readPoint(parts[0] ?? '', reading, null);
  if (!first) return { ok: false, code: 'unreadable' };
  if (parts.length === 1) return span(first.from, first.to);
  const second =
    parts[1] === 'now' || parts[1] === '今' ? nowPoint(reading) : readPoint(parts[1] ?? '', reading, first.day);
  if (!second) return { ok: false, code: 'unreadable' };
  const endsOnDay =
    /^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}\/\d{1,2}$|^\d{4}\/\d{1,2}\/\d{1,2}$/.test(parts[1] ?? '') ||
    (parts[1] ?? '') in words;
  return span(first.from, endsOnDay ? second.to : second.from);
}

function nowPoint(reading: Reading): Point {
  return { from: reading.now, to: reading.now, day: reading.now };
}

function span(from: number, to: number): TimeTextResult {
  if (!(to > from)) return { ok: false, code: 'ends-before-it-starts' };
  if (from < 0 || to > lastInstant) return { ok: false, code: 'unreadable' };
  return { ok: true, range: { kind: 'absolute', from, to } };
}

function splitSpan(text: string): string[] {
  const explicit = text.split(/ ?(?:\.\.|~|〜|から| to ) ?/).filter((part) => part !== '');
  if (explicit.length === 2) return explicit;
  const hours = /^(.*\b|.*\D)?(\d{1,2}(?::\d{2}){0,2}) ?- ?(\d{1,2}(?::\d{2}){0,2})$/.exec(text);
  const before = (hours?.[1] ?? '').trim();
  if (hours && !/[-/]$/.test(before)) return [`${before} ${hours[2]}`.trim(), hours[3] ?? ''];
  return [text];
}

/** A day, a day with a time, or a time of the day before it in the text (`10:00..12:00`). */
function readPoint(text: string, reading: Reading, day: number | null): Point | null {
  if (/t\d{2}:\d{2}.*(z|[+-]\d{2}:?\d{2})$/.test(text)) {
    const instant = Date.parse(text.toUpperCase());
    return Number.isNaN(instant) ? null : { from: instant, to: instant + 1000, day: startOfDay(instant, reading.zone) };
  }
  if (text === '') return null;
  const time = /(?:^|[ t])(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?(?:時)?$/.exec(text);
  const dayText = time ? text.slice(0, time.index) : text;
  const start =
    dayText.trim() === '' ? (day ?? startOfDay(reading.now, reading.zone)) : readDay(dayText.trim(), reading);
  if (start === null) return null;
  if (!time) return { from: start, to: startOfDay(start, reading.zone, 1), day: start };
  const [hour, minute, second] = [Number(time[1]), Number(time[2] ?? 0), Number(time[3] ?? 0)];
  if (hour > 24 || minute > 59 || second > 59) return null;
  const from = fromWallClock({ ...toWallClock(start, reading.zone), hour, minute, second }, reading.zone);
  const width = time[3] !== undefined ? 1000 : time[2] !== undefined ? 60_000 : 3_600_000;
  return { from, to: from + width, day: start };
}

function readDay(text: string, reading: Reading): number | null {
  const shift = dayShifts[words[text] ?? 'this-week'];
  if (shift !== undefined) return startOfDay(reading.now, reading.zone, shift);
  const match = /^(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})日?(?:\(.\))?$/.exec(text);
  if (!match) return null;
  const [month, day] = [Number(match[2]), Number(match[3])];
  const today = toWallClock(reading.now, reading.zone);
  const inFuture = month > today.month || (month === today.month && day > today.day);
  const year = match[1] === undefined ? today.year - (inFuture ? 1 : 0) : Number(match[1]);
  const start = fromWallClock({ year, month, day, hour: 0, minute: 0, second: 0 }, reading.zone);
  const read = toWallClock(start, reading.zone);
  return read.month === month && read.day === day ? start : null;
}
