import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMarks, dayByKey, listedDays, markOf, monthsOf } from './calendar-layout.ts';
import { weekdayOf } from '../time/days.ts';

const year = fc.integer({ min: 2000, max: 2099 });

describe('a year', () => {
  it('has each of its days once, under its weekday', () => {
    fc.assert(
      fc.property(year, (each) => {
        const weeks = monthsOf(each).flatMap((month) => month.weeks);
        const days = weeks.flat().filter((day) => day !== null);
        const isLeap = each % 4 === 0 && (each % 100 !== 0 || each % 400 === 0);
        expect(new Set(days).size).toBe(isLeap ? 366 : 365);
        expect(days).toEqual(days.toSorted());
        for (const week of weeks)
          for (const [index, day] of week.entries()) if (day !== null) expect(weekdayOf(day)).toBe(index + 1);
      }),
    );
  });

  it('is gone through by arrow keys, and left by none of them', () => {
    expect(dayByKey('2026-11-20', 'ArrowLeft')).toBe('2026-11-19');
    expect(dayByKey('2026-11-20', 'ArrowDown')).toBe('2026-11-27');
    expect(dayByKey('2026-11-20', 'Home')).toBe('2026-11-01');
    expect(dayByKey('2026-02-20', 'End')).toBe('2026-02-28');
    expect(dayByKey('2026-12-31', 'ArrowRight')).toBe(null);
    expect(dayByKey('2026-01-03', 'ArrowUp')).toBe(null);
    expect(dayByKey('2026-01-03', 'Enter')).toBe(null);
  });
});

describe('the mark of a day', () => {
  it.each([
    [undefined, 'not-due'],
    [{ state: 'approved', late: false }, 'approved'],
    [{ state: 'approved', late: true }, 'approved-late'],
    [{ state: 'submitted', late: true }, 'submitted-late'],
    [{ state: 'open', late: false }, 'open'],
    [{ state: 'open', late: true }, 'overdue'],
    [{ state: 'missed', late: true }, 'missed'],
    [{ state: 'returned', late: false }, 'returned'],
  ] as const)('of %j is %s', (day, mark) => {
    expect(markOf(day)).toBe(mark);
  });

  it('is counted for each day of the year, those without a review too', () => {
    const counts = countMarks(['2026-11-19', '2026-11-20'], new Map([['2026-11-20', { state: 'missed' } as never]]));
    expect(counts).toMatchObject({ missed: 1, 'not-due': 1, approved: 0 });
  });
});

it('has days without a review in one row as long as their reason stays', () => {
  const template = { late: false, dueAt: null, items: 0, exceptions: 0 };
  const day = (name: string, state: 'not-due' | 'approved', reason?: string) => ({
    ...template,
    day: name,
    state,
    ...(reason === undefined ? {} : { reason }),
  });
  const rows = listedDays([
    day('2026-11-05', 'not-due', 'future'),
    day('2026-11-03', 'approved'),
    day('2026-11-02', 'not-due', 'before-first'),
    day('2026-11-01', 'not-due', 'before-first'),
    day('2026-11-04', 'not-due', 'before-first'),
  ]);
  expect(rows.map((row) => `${row.day} ${row.until}`)).toEqual([
    '2026-11-01 2026-11-02',
    '2026-11-03 2026-11-03',
    '2026-11-04 2026-11-04',
    '2026-11-05 2026-11-05',
  ]);
});
