import { isPermitted } from '../roles.ts';
import { afterReviewAct, submissionHindrances, type DailyReview, type ReviewHindrance } from './review-state.ts';

export interface ReviewPerson {
  readonly id: string;
  readonly role: string;
}

/** Who works on an area; nobody named stands for everybody whose role allows it. */
export interface AreaPeople {
  readonly reviewers: readonly string[];
  readonly approvers: readonly string[];
}

/** `role`: not theirs to do. `state`: not as things are. */
export type ReviewRefusal = 'role' | 'state' | 'separation-of-duties';

/** Whether somebody has had a hand in the review, so that they would approve their own work. */
export function hasReviewed(review: DailyReview, person: string): boolean {
  const { decidedBy, submittedBy, delegatedTo } = review;
  return decidedBy.includes(person) || submittedBy.includes(person) || delegatedTo === person;
}

/** The people that the areas of a day name; null where one of them leaves it to everybody whose role allows it. */
export function namedPeople(areas: readonly AreaPeople[], which: keyof AreaPeople): string[] | null {
  if (areas.length === 0 || areas.some((area) => area[which].length === 0)) return null;
  return [...new Set(areas.flatMap((area) => area[which]))];
}

/** Gives a result to an item of an area, or takes it back. */
export function refuseDecision(person: ReviewPerson, review: DailyReview, area: AreaPeople): ReviewRefusal | null {
  if (!isReviewer(person, review, [area])) return 'role';
  return afterReviewAct(review.state, 'decide') === null ? 'state' : null;
}

/** Submits the day, which may hold areas of several reviewers. What still hinders it is asked apart. */
export function refuseSubmission(
  person: ReviewPerson,
  review: DailyReview,
  areas: readonly AreaPeople[],
): ReviewRefusal | null {
  if (!isReviewer(person, review, areas)) return 'role';
  return afterReviewAct(review.state, 'submit') === null ? 'state' : null;
}

/** Hands the day over to another person, who has to have the right to review. */
export function refuseDelegation(
  person: ReviewPerson,
  review: DailyReview,
  to: ReviewPerson,
): ReviewRefusal | 'delegate' | null {
  if (!isPermitted(person.role, 'reviews.perform') && !isPermitted(person.role, 'reviews.approve')) return 'role';
  if (afterReviewAct(review.state, 'delegate') === null) return 'state';
  return isPermitted(to.role, 'reviews.perform') ? null : 'delegate';
}

export interface Separation {
  /** The organisation's setting: the reviewer may approve, with a reason that stays visible. */
  readonly isSelfApprovalAllowed: boolean;
  readonly reason: string | null;
}

/**
 * Approves the day or sends it back. PCI DSS 10.4 with 7.2.2: nobody approves what they have reviewed; where the
 * organisation has allowed the exception, a reason is needed. Sending back one's own work is refused as well: a signature is
 * not undone.
 */
export function refuseApproval(
  person: ReviewPerson,
  review: DailyReview,
  { act, areas, separation }: { act: 'approve' | 'return'; areas: readonly AreaPeople[]; separation: Separation },
): ReviewRefusal | null {
  const isTheirs = isApprover(person, areas);
  if (afterReviewAct(review.state, act) === null) return isTheirs ? 'state' : 'role';
  const isExcused = act === 'approve' && separation.isSelfApprovalAllowed && separation.reason !== null;
  // Whoever has reviewed hears the rule, also one who may approve nothing.
  if (hasReviewed(review, person.id) && !isExcused) return 'separation-of-duties';
  return isTheirs ? null : 'role';
}

/** Adds to a day that is approved: nothing of it changes any more. */
export function refuseAddendum(person: ReviewPerson, review: DailyReview): ReviewRefusal | null {
  if (!isPermitted(person.role, 'reviews.perform') && !isPermitted(person.role, 'reviews.approve')) return 'role';
  return afterReviewAct(review.state, 'addendum') === null ? 'state' : null;
}

/** What keeps this person's next act on the day from being done. */
export function reviewHindrances(
  person: ReviewPerson,
  review: DailyReview,
  { areas, isSelfApprovalAllowed, now }: { areas: readonly AreaPeople[]; isSelfApprovalAllowed: boolean; now: Date },
): ReviewHindrance[] {
  if (afterReviewAct(review.state, 'submit') !== null) return submissionHindrances(review, now);
  if (!isApprover(person, areas)) return [];
  const separation = { isSelfApprovalAllowed, reason: null };
  const refusal = refuseApproval(person, review, { act: 'approve', areas, separation });
  return refusal === 'separation-of-duties' ? ['separation-of-duties'] : [];
}

function isReviewer(person: ReviewPerson, review: DailyReview, areas: readonly AreaPeople[]): boolean {
  if (!isPermitted(person.role, 'reviews.perform')) return false;
  if (review.delegatedTo === person.id || areas.length === 0) return true;
  return areas.some(({ reviewers }) => reviewers.length === 0 || reviewers.includes(person.id));
}

function isApprover(person: ReviewPerson, areas: readonly AreaPeople[]): boolean {
  if (!isPermitted(person.role, 'reviews.approve')) return false;
  const named = namedPeople(areas, 'approvers');
  return named === null || named.includes(person.id);
}
