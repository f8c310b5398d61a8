import { describe, expect, it } from 'vitest';
import { firstReviewedBefore, pastReviews } from './past-reviews.ts';
import { plantedBefore } from './planted.ts';
import { dayMs, hourMs } from './story-time.ts';

const dueAfterMs = dayMs + 12 * hourMs;

describe('the past reviews of the story', () => {
  it('are of each day but the last, and go in each of the ways that a calendar shows', () => {
    const days = Array.from({ length: firstReviewedBefore - 1 }, (_, at) => firstReviewedBefore - at);
    expect(pastReviews.map(({ daysBefore }) => daysBefore)).toEqual(days);
    const courses = new Set(pastReviews.map(({ course }) => course));
    expect(courses).toEqual(new Set(['exception', 'late', 'missed', 'approved', 'submitted']));
  });

  it.each(pastReviews)('$course: its moments are in order, late only where it is called so', (review) => {
    const { course, submittedAfterMs, approvedAfterMs, lateReason, exception } = review;
    if (submittedAfterMs === null) return expect([course, approvedAfterMs]).toEqual(['missed', null]);
    expect(submittedAfterMs > dueAfterMs).toBe(course === 'late');
    expect(lateReason !== undefined).toBe(course === 'late');
    expect(approvedAfterMs === null).toBe(course === 'submitted');
    const moments = [
      exception?.instructedAfterMs,
      exception?.answeredAfterMs,
      submittedAfterMs,
      approvedAfterMs,
    ].filter((moment) => moment !== undefined && moment !== null);
    expect(moments).toEqual(moments.toSorted((one, other) => one - other));
    // Missed at the end of the day after; nothing of a past review happens on the day on which the story is told.
    expect(Math.max(...moments)).toBeLessThan(2 * dayMs);
  });

  it('has an exception for what is planted on its day, in a report that shows it', () => {
    const found = pastReviews.flatMap(({ daysBefore, exception }) =>
      exception === undefined ? [] : { daysBefore, exception },
    );
    expect(found).toHaveLength(1);
    for (const { daysBefore, exception } of found) {
      const planted = plantedBefore(0).find(({ id }) => id === exception.planted);
      expect(planted?.daysBefore).toBe(daysBefore);
      expect(planted?.expected.map(({ report }) => report)).toContain(exception.report);
    }
  });
});
