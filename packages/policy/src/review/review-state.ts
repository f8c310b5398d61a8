/** The course of a day's review as it is kept; a day without one is told by `calendarState`. */
export const reviewStates = ['open', 'submitted', 'returned', 'approved', 'missed'] as const;
export type ReviewState = (typeof reviewStates)[number];

export const reviewItemStates = ['open', 'looking', 'no-finding', 'exception'] as const;
export type ReviewItemState = (typeof reviewItemStates)[number];

export interface ReviewedItem {
  readonly state: ReviewItemState;
  /** Whether its report is frozen, or given up: only then is there anything to judge. */
  readonly isRunOver: boolean;
  /** Of an exception: whether its finding has an owner. */
  readonly hasOwner: boolean;
}

export interface DailyReview {
  readonly state: ReviewState;
  readonly dueAt: Date;
  readonly items: readonly ReviewedItem[];
  /** Why it is late, once somebody has said so. */
  readonly lateReason: string | null;
  /** By their ids: who gave or took back a result, in any revision. */
  readonly decidedBy: readonly string[];
  /** Who submitted any revision of it. */
  readonly submittedBy: readonly string[];
  readonly delegatedTo: string | null;
}

export type ReviewHindrance =
  'items-open' | 'finding-without-owner' | 'runs-unfinished' | 'late-reason-missing' | 'separation-of-duties';

/** What may be done to a review in which state, and what becomes of it. Nothing leads out of `approved`. */
const course: Readonly<Record<ReviewAct, Partial<Record<ReviewState, ReviewState>>>> = {
  decide: { open: 'open', returned: 'returned', missed: 'missed' },
  delegate: { open: 'open', returned: 'returned', missed: 'missed' },
  submit: { open: 'submitted', returned: 'submitted', missed: 'submitted' },
  return: { submitted: 'returned' },
  approve: { submitted: 'approved' },
  miss: { open: 'missed', returned: 'missed' },
  addendum: { approved: 'approved' },
};

export type ReviewAct = 'decide' | 'delegate' | 'submit' | 'return' | 'approve' | 'miss' | 'addendum';

/** The state after an act; null where the state does not allow it. */
export function afterReviewAct(state: ReviewState, act: ReviewAct): ReviewState | null {
  return course[act][state] ?? null;
}

/** The state of an item after a result; null where it has one, and has to be taken back first. */
export function afterResult(
  state: ReviewItemState,
  result: 'no-finding' | 'exception' | 'open',
): ReviewItemState | null {
  const isDecided = state === 'no-finding' || state === 'exception';
  if (result === 'open') return isDecided ? 'looking' : state;
  return isDecided ? null : result;
}

/** What keeps a review from being submitted at a moment (PCI DSS 10.4.1, 10.4.3). */
export function submissionHindrances(review: DailyReview, now: Date): ReviewHindrance[] {
  const { items } = review;
  const hindrances: [ReviewHindrance, boolean][] = [
    ['runs-unfinished', items.some(({ isRunOver }) => !isRunOver)],
    ['items-open', items.some(({ state }) => state === 'open' || state === 'looking')],
    ['finding-without-owner', items.some(({ state, hasOwner }) => state === 'exception' && !hasOwner)],
    ['late-reason-missing', now > review.dueAt && review.lateReason === null],
  ];
  return hindrances.flatMap(([hindrance, holds]) => (holds ? [hindrance] : []));
}

/** Whether nothing more comes of a report's run. */
export function isRunOver(state: string): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
