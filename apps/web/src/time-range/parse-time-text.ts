import { fromWallClock, startOfDay, toWallClock } from '../time/zoned-time.ts';
import { calendarNames, readDays, type Reading, type WrittenDay } from './read-day.ts';
import { readTimes, type ReadTime } from './read-time.ts';
import { lastInstant, type RelativeUnit, type TimeRange } from './time-range.ts';

export type TimeTextResult =
  { ok: true; range: TimeRange } | { ok: false; code: 'unreadable' | 'ends-before-it-starts' };

const units: Readonly<Record<string, RelativeUnit>> = {
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
 * Reads a typed range: `15m`, `直近2時間`, `昨日`, `last week`, `10:00-12:00`, `昨日 10:00-12:00`, `yesterday 10-12`,
 * `11/20 10:00-12:30`, `午後3時〜5時`, `2026-11-01`, `2026-11-01 10:00..12:00`, `11/20 22:00〜11/21 6:00`,
 * `2026-11-01T10:00:00Z..2026-11-01T12:00:00+09:00`. Full-width forms are understood. Times without a zone are those of
 * `reading.zone`; today, yesterday and the like, and times of them, are those of `reading.days`. A day without a year is
 * the latest such day that is not in the future.
 */
export function parseTimeText(text: string, reading: Reading): TimeTextResult {
  const normal = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[‐‑‒–—―−ー]/g, '-')
    .replaceAll(/[~〜～]/g, '~')
    .replaceAll('、', ' ')
    .replaceAll(/\s+/g, ' ');
  const word = calendarNames[normal];
  if (word) return { ok: true, range: { kind: 'calendar', word } };
  return readLast(normal) ?? readSpan(normal.replace(/^from /, '').replace(/ ?まで$/, ''), reading);
}

function readLast(text: string): TimeTextResult | null {
  const match = /^(?:last |past |直近 ?|過去 ?|-)?(\d{1,5}) ?([a-z]+|[^\d\s]+?)$/.exec(text);
  const unit = units[match?.[2] ?? ''] ?? units[(match?.[2] ?? '').replace(/s$/, '')];
  const amount = Number(match?.[1]);
  // A day of the month is no number of days.
  if (!match || !unit || amount === 0) return null;
  return { ok: true, range: { kind: 'last', amount, unit } };
}

interface Point {
  from: number;
  /** Where it ends when nothing else says so. */
  to: number;
  day: WrittenDay;
  /** The time of day that was written; absent for a whole day and for an instant. */
  time?: ReadTime;
  rest: string;
}

const separator = /^(?:\.\.\.?|~|-|から|to |until |till |and )(?: ?)/;

/** The first way to read the whole text as one point, or as two with a sign between them. */
function readSpan(text: string, reading: Reading): TimeTextResult {
  let failure: TimeTextResult = { ok: false, code: 'unreadable' };
  for (const first of readPoints(text, reading, null)) {
    if (first.rest === '') return span(first.from, first.to);
    const sign = separator.exec(first.rest);
    if (sign === null) continue;
    const rest = first.rest.slice(sign[0].length).trimStart();
    if (rest === 'now' || rest === '今' || rest === '現在') return span(first.from, reading.now);
    for (const second of readPoints(rest, reading, first.day)) {
      if (second.rest !== '') continue;
      const from = startWith(first, second);
      const read = span(from, second.time === undefined && isDay(second) ? second.to : endAfter(first, second));
      if (read.ok) return read;
      if (failure.ok || failure.code === 'unreadable') failure = read;
    }
  }
  return failure;
}

function isDay({ from, to, day }: Point): boolean {
  return from === day.start && to - from > 3_600_000;
}

/** `1-3pm` is 13:00 to 15:00, `10-2pm` is 10:00 to 14:00: the half of the day goes for both where it fits. */
function startWith(first: Point, second: Point): number {
  const { time } = first;
  if (time === undefined || time.half !== null || second.time?.half !== 'pm' || time.hour >= 12) return first.from;
  const later = at(first.day, { ...time, hour: time.hour + 12 });
  return later < second.from ? later : first.from;
}

/** `午後3時〜5時` ends in the afternoon: an end without a half of the day is in that of the start where it fits. */
function endAfter(first: Point, { from: end, day, time }: Point): number {
  if (end > first.from || first.time?.half !== 'pm' || time === undefined || time.half !== null || time.hour >= 12)
    return end;
  const later = at(day, { ...time, hour: time.hour + 12 });
  return later > first.from ? later : end;
}

function span(from: number, to: number): TimeTextResult {
  if (!(to > from)) return { ok: false, code: 'ends-before-it-starts' };
  if (from < 0 || to > lastInstant) return { ok: false, code: 'unreadable' };
  return { ok: true, range: { kind: 'absolute', from, to } };
}

/** A moment with its zone, a day, a day with a time, or a time of the day before it in the text (`10:00..12:00`). */
function readPoints(text: string, reading: Reading, before: WrittenDay | null): Point[] {
  const instant = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|[+-]\d{2}:?\d{2})/.exec(text)?.[0];
  if (instant !== undefined) {
    const from = Date.parse(instant.toUpperCase());
    if (Number.isNaN(from)) return [];
    const day = { start: startOfDay(from, reading.zone), zone: reading.zone };
    return [{ from, to: from + 1000, day, rest: text.slice(instant.length).trimStart() }];
  }
  const today = before ?? { start: startOfDay(reading.now, reading.zone), zone: reading.zone };
  const points = readTimes(text).map((time) => timePoint(today, time));
  for (const { day, rest } of readDays(text, reading, before)) {
    const times = readTimes(rest.replace(/^(?:の|t(?=\d)|at |from ) ?/, ''));
    points.push(...times.map((time) => timePoint(day, time)));
    points.push({ from: day.start, to: startOfDay(day.start, day.zone, 1), day, rest });
  }
  return points;
}

function timePoint(day: WrittenDay, time: ReadTime): Point {
  const from = at(day, time);
  return { from, to: from + time.width, day, time, rest: time.rest };
}

function at({ start, zone }: WrittenDay, { hour, minute, second }: ReadTime): number {
  return fromWallClock({ ...toWallClock(start, zone), hour, minute, second }, zone);
}
