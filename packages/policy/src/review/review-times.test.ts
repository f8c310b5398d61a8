import { assert, constantFrom, date, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayName, dayOf, localDay } from '../duties/calendar.ts';
import {
  dayBefore,
  isRiskNoticeDay,
  periodEndingOn,
  reminderDue,
  reviewDueAt,
  reviewMissedAt,
  reviewPeriod,
  reviewReminders,
  riskAnalysisDueOn,
  type ReviewReminder,
} from './review-times.ts';

const zones = constantFrom('Asia/Tokyo', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
const days = integer({ min: dayOf('2020-01-01'), max: dayOf('2036-12-31') }).map(dayName);
const hour = 3_600_000;

describe('the period of a review', () => {
  it('follows the one of the day before without a gap, and holds each moment of its day alone', () => {
    assert(
      property(days, zones, integer({ min: 0, max: 1_000_000 }), (day, zone, share) => {
        const { from, to } = reviewPeriod(day, zone);
        expect(reviewPeriod(dayName(dayOf(day) + 1), zone).from).toEqual(to);
        const moment = new Date(from.getTime() + Math.floor(((to.getTime() - from.getTime() - 1) * share) / 1_000_000));
        expect(dayName(localDay(moment, zone))).toBe(day);
        expect(dayBefore(to, zone)).toBe(day);
      }),
    );
  });

  it('is as long as the day where the clocks change', () => {
    const hours = (day: string, zone: string): number => {
      const { from, to } = reviewPeriod(day, zone);
      return (to.getTime() - from.getTime()) / hour;
    };
    expect(hours('2026-03-29', 'Europe/London')).toBe(23);
    expect(hours('2026-10-25', 'Europe/London')).toBe(25);
    expect(hours('2026-10-25', 'Asia/Tokyo')).toBe(24);
  });

  it('of weeks and months ends once in each, and leaves no day out', () => {
    assert(
      property(days, zones, constantFrom('week', 'month'), (day, zone, frequency) => {
        const first = dayOf(day);
        const periods = Array.from({ length: 70 }, (_, at) =>
          periodEndingOn(dayName(first + at), frequency, zone),
        ).filter((period) => period !== null);
        expect(periods.length).toBeGreaterThanOrEqual(frequency === 'week' ? 10 : 2);
        for (const [at, period] of periods.entries()) {
          if (at > 0) expect(period.from).toEqual(periods[at - 1]?.to);
        }
      }),
    );
    expect(periodEndingOn('2026-11-29', 'week', 'UTC')).toEqual({
      from: new Date('2026-11-23T00:00:00Z'),
      to: new Date('2026-11-30T00:00:00Z'),
    });
    expect(periodEndingOn('2028-02-29', 'month', 'UTC')?.from).toEqual(new Date('2028-02-01T00:00:00Z'));
    expect(periodEndingOn('2028-02-28', 'month', 'UTC')).toBeNull();
    expect(periodEndingOn('2026-11-30', 'day', 'UTC')).toEqual(reviewPeriod('2026-11-30', 'UTC'));
  });
});

describe('the due time of a review', () => {
  it('is on the day after, by the organisation’s clocks, and before the review is missed', () => {
    assert(
      property(days, zones, integer({ min: 60, max: 1_439 }), (day, timeZone, dueMinute) => {
        const dueAt = reviewDueAt(day, { timeZone, dueMinute });
        expect(localDay(dueAt, timeZone)).toBe(dayOf(day) + 1);
        expect(dueAt.getTime()).toBeGreaterThanOrEqual(reviewPeriod(day, timeZone).to.getTime());
        expect(dueAt.getTime()).toBeLessThan(reviewMissedAt(day, timeZone).getTime());
      }),
    );
  });

  it('keeps its hour when the clocks change', () => {
    const due = (day: string): string => reviewDueAt(day, { timeZone: 'Europe/London', dueMinute: 720 }).toISOString();
    expect([due('2026-03-27'), due('2026-03-28')]).toEqual(['2026-03-28T12:00:00.000Z', '2026-03-29T11:00:00.000Z']);
  });

  it('has no day that is none', () => {
    expect(() => reviewPeriod('2026-02-30', 'UTC')).toThrow(RangeError);
  });
});

describe('reminders', () => {
  const startedAt = new Date('2026-11-30T15:00:00Z');
  const dueAt = new Date('2026-12-01T03:00:00Z');
  const at = (told: ReviewReminder | null, text: string): ReviewReminder | null =>
    reminderDue({ startedAt, dueAt, told }, new Date(text));

  it('come at the start, an hour before, when it is due, and two hours later to those who approve', () => {
    expect(at(null, '2026-11-30T14:59:59Z')).toBeNull();
    expect(at(null, '2026-11-30T15:00:00Z')).toBe('begun');
    expect(at('begun', '2026-12-01T01:59:59Z')).toBeNull();
    expect(at('begun', '2026-12-01T02:00:00Z')).toBe('hour-before');
    expect(at('hour-before', '2026-12-01T03:00:00Z')).toBe('overdue');
    expect(at('overdue', '2026-12-01T05:00:00Z')).toBe('escalated');
    expect(at('escalated', '2026-12-09T00:00:00Z')).toBeNull();
  });

  it('are said once each, the newest alone after a standstill', () => {
    const moments = date({ min: startedAt, max: new Date('2026-12-02T00:00:00Z'), noInvalidDate: true });
    assert(
      property(moments, constantFrom(null, ...reviewReminders), (now, told) => {
        const due = reminderDue({ startedAt, dueAt, told }, now);
        if (due === null) return;
        expect(reviewReminders.indexOf(due)).toBeGreaterThan(told === null ? -1 : reviewReminders.indexOf(told));
        expect(reminderDue({ startedAt, dueAt, told: due }, now)).toBeNull();
      }),
    );
  });
});

it('a risk analysis is due again within twelve months', () => {
  expect([riskAnalysisDueOn('2026-11-30'), riskAnalysisDueOn('2028-02-29')]).toEqual(['2027-11-30', '2029-02-28']);
  const told = Array.from({ length: 60 }, (_, at) => dayName(dayOf('2027-10-25') + at)).filter((day) =>
    isRiskNoticeDay('2026-11-30', day),
  );
  expect(told).toEqual(['2027-10-31', '2027-11-23', '2027-11-30', '2027-12-07', '2027-12-14', '2027-12-21']);
});
