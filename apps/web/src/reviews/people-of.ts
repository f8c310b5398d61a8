import type { LogReview } from '../api-client/log-reviews.ts';

interface Named {
  id: string;
  name: string;
}

/** Who can own what is found on a day: oneself, the reviewers, the approvers, each once. */
export function peopleOf(
  { reviewers, approvers }: Pick<LogReview, 'reviewers' | 'approvers'>,
  self: Named & { email: string },
): Named[] {
  const all = [{ id: self.id, name: self.name || self.email }, ...reviewers, ...approvers];
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);
}
