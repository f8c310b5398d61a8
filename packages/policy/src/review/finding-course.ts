import { isPermitted } from '../roles.ts';
import type { ReviewPerson } from './review-rights.ts';

/** The course of a finding (PCI DSS 10.4.3): what was found is addressed, and somebody else says that it was. */
export const findingStates = ['open', 'escalated', 'instructed', 'resolved', 'closed'] as const;
export type FindingState = (typeof findingStates)[number];

export type FindingAct = 'change' | 'escalate' | 'instruct' | 'resolve' | 'close' | 'reopen';

export interface FindingCourse {
  readonly state: FindingState;
  readonly ownerId: string | null;
  readonly action: string | null;
  readonly outcome: string | null;
  readonly resolvedBy: string | null;
}

/**
 * `role`: not theirs to do. `settled`: it is closed. `state`: not as it stands. `unfinished`: nobody owns it, or action and
 * outcome are not said. `separation-of-duties`: whoever resolved it does not close it.
 */
export type FindingRefusal = 'role' | 'settled' | 'state' | 'unfinished' | 'separation-of-duties';

const approvers: ReadonlySet<FindingAct> = new Set(['instruct', 'close', 'reopen']);

/** The state after an act, or why it is refused. `finding` holds what the same change says of action and outcome. */
export function afterFindingAct(
  person: ReviewPerson,
  finding: FindingCourse,
  act: FindingAct,
): { readonly state: FindingState } | { readonly refusal: FindingRefusal } {
  const { state, ownerId, action, outcome, resolvedBy } = finding;
  const permission = approvers.has(act) ? 'reviews.approve' : 'findings.manage';
  if (!isPermitted(person.role, permission)) return { refusal: 'role' };
  if (state === 'closed') return { refusal: 'settled' };
  switch (act) {
    case 'change':
      return { state };
    case 'escalate':
      return state === 'resolved' ? { refusal: 'state' } : { state: 'escalated' };
    case 'instruct':
      return state === 'resolved' ? { refusal: 'state' } : { state: 'instructed' };
    case 'reopen':
      return state === 'resolved' ? { state: 'open' } : { refusal: 'state' };
    case 'resolve':
      if (ownerId === null || action === null || outcome === null) return { refusal: 'unfinished' };
      // Its owner says so, or somebody who answers for the system.
      if (ownerId !== person.id && !isPermitted(person.role, 'reviews.approve')) return { refusal: 'role' };
      return state === 'resolved' ? { refusal: 'state' } : { state: 'resolved' };
    case 'close':
      if (state !== 'resolved') return { refusal: 'state' };
      return resolvedBy === person.id ? { refusal: 'separation-of-duties' } : { state: 'closed' };
  }
}
