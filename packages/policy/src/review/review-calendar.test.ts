import { describe, expect, it } from 'vitest';
import { calendarState, isLateReview } from './review-calendar.ts';

const clock = { timeZone: 'Asia/Tokyo', dueMinute: 720 };
const now = new Date('2026-11-30T04:00:00Z');
const of = (day: string, firstDay: string | null = '2026-11-10') => calendarState(day, null, { firstDay, clock, now });

describe('the calendar', () => {
  it('says of each day without a review why there is none', () => {
    expect(of('2026-11-09')).toMatchObject({ state: 'not-due', why: 'before-first-review', dueAt: null });
    expect(of('2026-11-20', null)).toMatchObject({ state: 'not-due', why: 'before-first-review' });
    expect(of('2026-11-30')).toMatchObject({ state: 'not-due', why: 'not-over' });
    expect(of('2026-12-31')).toMatchObject({ state: 'not-due', why: 'not-over' });
  });

  it('leaves out no day whose duty has not made its review', () => {
    expect(of('2026-11-29')).toEqual({
      state: 'open',
      isLate: true,
      dueAt: new Date('2026-11-30T03:00:00Z'),
      why: null,
    });
    expect(of('2026-11-28')).toMatchObject({ state: 'missed', isLate: true });
  });

  it('counts lateness by the newest submission', () => {
    const dueAt = new Date('2026-11-30T03:00:00Z');
    const late = new Date('2026-11-30T03:00:01Z');
    expect(isLateReview({ state: 'approved', dueAt, submittedAt: dueAt }, now)).toBe(false);
    expect(isLateReview({ state: 'approved', dueAt, submittedAt: late }, now)).toBe(true);
    expect(isLateReview({ state: 'open', dueAt, submittedAt: null }, dueAt)).toBe(false);
    expect(isLateReview({ state: 'open', dueAt, submittedAt: null }, now)).toBe(true);
    expect(isLateReview({ state: 'missed', dueAt, submittedAt: null }, dueAt)).toBe(true);
    const review = { state: 'submitted', dueAt, submittedAt: late } as const;
    expect(calendarState('2026-11-29', review, { firstDay: null, clock, now })).toMatchObject({
      state: 'submitted',
      isLate: true,
    });
  });
});
