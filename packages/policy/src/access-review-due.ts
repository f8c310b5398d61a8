/** PCI DSS 7.2.4: at least once every six months. */
export const reviewEveryMonths = 6;

export interface ReviewHistory {
  readonly lastClosedAt: Date | null;
  readonly tenantCreatedAt: Date;
}

/**
 * When the next access review must be finished: six months after the last one was, or after the beginning. On the same
 * day of the month, or on the last one of a shorter month (UTC).
 */
export function nextReviewDue({ lastClosedAt, tenantCreatedAt }: ReviewHistory): Date {
  const from = lastClosedAt ?? tenantCreatedAt;
  const due = new Date(from);
  due.setUTCMonth(from.getUTCMonth() + reviewEveryMonths);
  if (due.getUTCDate() !== from.getUTCDate()) due.setUTCDate(0);
  return due;
}

/** Whether a review should be going on: from `noticeDays` before the day on which it must be finished. */
export function isReviewDue(history: ReviewHistory, now: Date, noticeDays = 30): boolean {
  return now.getTime() >= nextReviewDue(history).getTime() - noticeDays * 86_400_000;
}
