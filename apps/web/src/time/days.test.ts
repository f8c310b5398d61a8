import { describe, expect, it } from 'vitest';
import { dayToReview, dayWords, isDay, shiftDay, weekdayOf } from './days.ts';

describe('days', () => {
  it('are counted over months, years and leap days', () => {
    expect(shiftDay('2026-11-30', 1)).toBe('2026-12-01');
    expect(shiftDay('2026-01-01', -1)).toBe('2025-12-31');
    expect(shiftDay('2028-02-28', 1)).toBe('2028-02-29');
  });

  it('are reviewed on the day after, by the organisation’s clock', () => {
    // 00:30 in Tokyo on the 21st is the 20th in UTC.
    expect(dayToReview(Date.UTC(2026, 10, 20, 15, 30), 'Asia/Tokyo')).toBe('2026-11-20');
    expect(dayToReview(Date.UTC(2026, 10, 20, 14, 30), 'Asia/Tokyo')).toBe('2026-11-19');
  });

  it('have a weekday and words', () => {
    expect(weekdayOf('2026-11-20')).toBe(5);
    expect(dayWords('2026-11-20', 'ja')).toBe('11月20日(金)');
    expect(dayWords('2026-11-20', 'en')).toBe('Fri 20 November');
    expect(dayWords('2026-11-20', 'en', true)).toBe('Fri, 20 November 2026');
  });

  it.each(['2026-13-01', '2026-02-31', 'today', '2026-1-1'])('are not %s', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('days', () => {
  it('go on over the ends of months and years', () => {
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
    expect(shiftDay('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('are days of the calendar', () => {
    expect(['2026-11-30', '2026-02-29', '2026-13-01', '30.11.2026', ''].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
