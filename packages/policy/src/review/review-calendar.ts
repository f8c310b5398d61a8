import { dayBefore, reviewDueAt, reviewMissedAt, type ReviewClock } from './review-times.ts';
import type { ReviewState } from './review-state.ts';

export interface CalendarEntry {
  readonly state: ReviewState | 'not-due';
  /** Submitted, or not submitted yet, after it was due. */
  readonly isLate: boolean;
  /** Null of a day that no review is of. */
  readonly dueAt: Date | null;
  /** Of `not-due`: why. */
  readonly why: 'before-first-review' | 'not-over' | null;
}

export interface KeptReview {
  readonly state: ReviewState;
  readonly dueAt: Date;
  /** Of the newest submission. */
  readonly submittedAt: Date | null;
}

/**
 * What the calendar says of a day. `firstDay` is the first that the organisation has a review of, null while it has none. A
 * day that is over and has no review yet waits for its duty: it is open, and missed when its time is past, never left out.
 */
export function calendarState(
  day: string,
  review: KeptReview | null,
  { firstDay, clock, now }: { firstDay: string | null; clock: ReviewClock; now: Date },
): CalendarEntry {
  if (review !== null) {
    const { state, dueAt } = review;
    return { state, dueAt, isLate: isLateReview(review, now), why: null };
  }
  const notDue = { state: 'not-due', isLate: false, dueAt: null } as const;
  if (firstDay === null || day < firstDay) return { ...notDue, why: 'before-first-review' };
  if (day > dayBefore(now, clock.timeZone)) return { ...notDue, why: 'not-over' };
  const dueAt = reviewDueAt(day, clock);
  const state = now >= reviewMissedAt(day, clock.timeZone) ? 'missed' : 'open';
  return { state, dueAt, isLate: now > dueAt, why: null };
}

/** A review that was sent back counts by the moment at which it was submitted last. */
export function isLateReview({ state, dueAt, submittedAt }: KeptReview, now: Date): boolean {
  if (state === 'missed') return true;
  return (submittedAt ?? now) > dueAt;
}
