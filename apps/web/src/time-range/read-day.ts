import { fromWallClock, startOfDay, toWallClock } from '../time/zoned-time.ts';
import type { CalendarWord } from './time-range.ts';

export interface Reading {
  now: number;
  /** The zone of clocks: times of day are those that it shows. */
  zone: string;
  /** The zone whose days calendar words mean: the organisation's, whatever zone clocks are shown in. */
  days?: string;
}

/** A day as written: its start, and the zone that it is a day of. */
export interface WrittenDay {
  start: number;
  zone: string;
}

export const calendarNames: Readonly<Record<string, CalendarWord>> = {
  today: 'today',
  今日: 'today',
  本日: 'today',
  yesterday: 'yesterday',
  昨日: 'yesterday',
  前日: 'yesterday',
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
const weekdays = ['日', '月', '火', '水', '木', '金', '土'];
const englishWeekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const dayWord = Object.keys(calendarNames)
  .filter((name) => dayShifts[calendarNames[name] ?? 'this-week'] !== undefined)
  .toSorted((a, b) => b.length - a.length)
  .join('|');

/** Each way to write a day at the beginning of a text; the weekday behind a date is only for the reader. */
const forms: readonly {
  form: RegExp;
  read: (match: RegExpExecArray, reading: Reading, before: WrittenDay | null) => WrittenDay | null;
}[] = [
  {
    form: new RegExp(`^(${dayWord})`),
    read: ([, word = ''], { now, zone, days = zone }) => {
      const shift = dayShifts[calendarNames[word] ?? 'today'] ?? 0;
      return { start: startOfDay(now, days, shift), zone: days };
    },
  },
  {
    form: /^(\d{1,3}) ?(?:日前|days? ago)/,
    read: ([, count], { now, zone, days = zone }) => ({ start: startOfDay(now, days, -Number(count)), zone: days }),
  },
  {
    form: /^(?:last )?(?:([月火水木金土日])曜日?|(sun|mon|tue|wed|thu|fri|sat)[a-z]*)/,
    read: ([, japanese, english], { now, zone, days = zone }) => {
      const wanted = japanese === undefined ? englishWeekdays.indexOf(english ?? '') : weekdays.indexOf(japanese);
      const { year, month, day } = toWallClock(now, days);
      const back = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() - wanted + 7) % 7;
      return { start: startOfDay(now, days, -back), zone: days };
    },
  },
  {
    form: /^(\d{4})(?:[-/.]|年 ?)(\d{1,2})(?:[-/.]|月 ?)(\d{1,2})(?!\d)日?(?: ?\([^)]{1,9}\))?/,
    read: ([, year, month, day], { zone }) =>
      dayOf({ year: Number(year), month: Number(month), day: Number(day) }, zone),
  },
  {
    form: /^(\d{1,2})(?:[-/]|月 ?)(\d{1,2})(?![\d:時])日?(?: ?\([^)]{1,9}\))?/,
    read: ([, month, day], reading) => latestDay({ month: Number(month), day: Number(day) }, reading),
  },
  {
    form: /^(\d{1,2})日(?!間)(?: ?\([^)]{1,9}\))?/,
    read: ([, day], reading, before) => {
      const { year, month } = toWallClock(before?.start ?? reading.now, reading.zone);
      const here = dayOf({ year, month, day: Number(day) }, reading.zone);
      if (before !== null || (here !== null && here.start <= reading.now)) return here;
      return dayOf(
        { year: month === 1 ? year - 1 : year, month: month === 1 ? 12 : month - 1, day: Number(day) },
        reading.zone,
      );
    },
  },
];

export interface ReadDay {
  day: WrittenDay;
  rest: string;
}

/** Every day that a text may begin with, with what is left of it. */
export function readDays(text: string, reading: Reading, before: WrittenDay | null): ReadDay[] {
  return forms.flatMap(({ form, read }) => {
    const match = form.exec(text);
    const day = match && read(match, reading, before);
    return match && day ? [{ day, rest: text.slice(match[0].length).trimStart() }] : [];
  });
}

/** A day without a year is the latest such day that is not in the future. */
function latestDay({ month, day }: { month: number; day: number }, reading: Reading): WrittenDay | null {
  const today = toWallClock(reading.now, reading.zone);
  const isAhead = month > today.month || (month === today.month && day > today.day);
  return dayOf({ year: today.year - (isAhead ? 1 : 0), month, day }, reading.zone);
}

function dayOf(date: { year: number; month: number; day: number }, zone: string): WrittenDay | null {
  const start = fromWallClock({ ...date, hour: 0, minute: 0, second: 0 }, zone);
  const read = toWallClock(start, zone);
  return read.month === date.month && read.day === date.day ? { start, zone } : null;
}
