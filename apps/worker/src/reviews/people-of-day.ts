import type { User, WholeReview } from '@akashi/database';
import { isPermitted, namedPeople, type AreaPeople } from '@akashi/policy';

/** Ids of those who review a day; `people` are those who may sign in. */
export function reviewersOf({ review, items }: WholeReview, people: readonly User[]): string[] {
  // Whoever it was handed over to does it instead.
  if (review.delegatedTo !== null) return [review.delegatedTo];
  return idsOf(items, people, 'reviewers');
}

/** Ids of those who approve a day. */
export function approversOf({ items }: WholeReview, people: readonly User[]): string[] {
  return idsOf(items, people, 'approvers');
}

/** Everybody whose role allows it is told of what is everybody’s; those whose work is approving are not told to review. */
function idsOf(items: WholeReview['items'], people: readonly User[], which: keyof AreaPeople): string[] {
  const named = namedPeople(
    items.map(({ area }) => area),
    which,
  );
  return people
    .filter(({ id, role }) => {
      if (named !== null && !named.includes(id)) return false;
      if (which === 'approvers') return isPermitted(role, 'reviews.approve');
      return isPermitted(role, 'reviews.perform') && (named !== null || !isPermitted(role, 'reviews.approve'));
    })
    .map(({ id }) => id);
}
