import type { LogReview, ReviewItem } from '../api-client/log-reviews.ts';

export type VerdictReason = ReviewItem['verdict']['reasons'][number];

/** What a person should see first; what is usual comes last. */
const reasonRank: Readonly<Record<VerdictReason['code'], number>> = {
  'run-failed': 0,
  'flagged-rows': 1,
  incident: 2,
  alert: 3,
  'source-silent': 4,
  'never-seen-shape': 5,
  'above-usual': 6,
  'below-usual': 7,
  'no-baseline': 8,
  'no-events': 9,
  'as-usual': 10,
  'rules-behind': 4,
  'no-rules': 11,
  'rules-ran': 12,
};

export function sortReasons(reasons: readonly VerdictReason[]): VerdictReason[] {
  return reasons.toSorted((one, other) => reasonRank[one.code] - reasonRank[other.code]);
}

export function isDecided({ state }: Pick<ReviewItem, 'state'>): boolean {
  return state === 'no-finding' || state === 'exception';
}

/** This person may give it a result, and nobody has. */
export function isUndecided(item: Pick<ReviewItem, 'state' | 'mayDecide'>): boolean {
  return item.mayDecide && !isDecided(item);
}

function weight({ verdict }: ReviewItem): number {
  return Math.min(10, ...verdict.reasons.map(({ code }) => reasonRank[code]));
}

function byWeight(one: ReviewItem, other: ReviewItem): number {
  const flagged = (other.summary?.flagged ?? 0) - (one.summary?.flagged ?? 0);
  return weight(one) - weight(other) || flagged || (one.report.number ?? 99) - (other.report.number ?? 99);
}

export interface ReviewerGroups {
  needsLook: ReviewItem[];
  clear: ReviewItem[];
}

/** The reviewer's order follows from the automatic checks alone, so that no item moves while results are given. */
export function reviewerGroups(items: readonly ReviewItem[]): ReviewerGroups {
  return {
    needsLook: items.filter(({ verdict }) => verdict.result === 'needs-look').toSorted(byWeight),
    clear: items.filter(({ verdict }) => verdict.result === 'clear').toSorted(byWeight),
  };
}

export interface ApproverGroups {
  exceptions: ReviewItem[];
  /** The checks asked for a look, and the reviewer found nothing. */
  differences: ReviewItem[];
  asUsual: ReviewItem[];
}

/** What is odd first, then where person and checks differ, then what nobody doubts. */
export function approverGroups(items: readonly ReviewItem[]): ApproverGroups {
  const exceptions = items.filter(({ state }) => state === 'exception');
  const others = items.filter(({ state }) => state !== 'exception');
  return {
    exceptions: exceptions.toSorted(byWeight),
    differences: others.filter(({ verdict }) => verdict.result === 'needs-look').toSorted(byWeight),
    asUsual: others.filter(({ verdict }) => verdict.result === 'clear').toSorted(byWeight),
  };
}

/** Items that "no finding" may be said of at once: the checks are clear, and nobody has said anything yet. */
export function bulkItems(items: readonly ReviewItem[]): ReviewItem[] {
  return items.filter((item) => isUndecided(item) && item.verdict.result === 'clear' && item.run.state === 'done');
}

export function itemsLeft({ items }: Pick<LogReview, 'items'>): number {
  return items.filter((item) => !isDecided(item)).length;
}

/** The item `step` places on, without going round; the first one when none is chosen yet. */
export function stepItem(order: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : order.indexOf(current);
  if (at === -1) return order[0] ?? null;
  return order[Math.min(order.length - 1, Math.max(0, at + step))] ?? null;
}

/** The next item without a result after the current one, then from the beginning; null when all have one. */
export function nextUndecided(order: readonly ReviewItem[], current: string): string | null {
  const at = order.findIndex(({ id }) => id === current);
  const around = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
  return around.find(isUndecided)?.id ?? null;
}
