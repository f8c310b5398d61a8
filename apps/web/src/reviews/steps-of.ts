import type { LogReview, SignedAction } from '../api-client/log-reviews.ts';

type Hindrance = LogReview['hindrances'][number];

/** The signed acts that are this person's now, the next one first. */
export function stepsOf({ may }: Pick<LogReview, 'may'>): SignedAction[] {
  return [
    ...(may.submit ? ['submit' as const] : []),
    ...(may.approve ? ['approve' as const] : []),
    ...(may.return ? ['return' as const] : []),
    ...(may.addAddendum ? ['addenda' as const] : []),
  ];
}

/** What the act's own dialog asks for, apart from what must be done before. */
const askedFor: readonly Hindrance[] = ['late-reason-missing'];

export function hindrancesOf({ hindrances, may }: Pick<LogReview, 'hindrances' | 'may'>): {
  blocking: Hindrance[];
  asked: Hindrance[];
} {
  // Where the organisation lets people approve their own review, a reason is asked for.
  const isAsked = (hindrance: Hindrance) =>
    askedFor.includes(hindrance) || (hindrance === 'separation-of-duties' && may.approve);
  return {
    blocking: hindrances.filter((hindrance) => !isAsked(hindrance)),
    asked: hindrances.filter(isAsked),
  };
}
