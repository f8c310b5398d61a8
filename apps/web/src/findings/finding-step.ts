import type { Permission } from '@akashi/policy';
import type { Finding, FindingChange } from '../api-client/findings.ts';

export const allSteps = ['comment', 'escalate', 'instruct', 'resolve', 'close', 'reopen'] as const;
export type FindingStep = (typeof allSteps)[number];

interface Actor {
  id: string;
  permissions: readonly string[];
}

/**
 * The steps that a person may take: whoever works on findings comments and escalates, its owner resolves it; whoever
 * approves gives instructions, and closes what somebody else resolved (PCI DSS 10.4.3). The API decides again.
 */
export function findingSteps({ state, owner }: Pick<Finding, 'state' | 'owner'>, person: Actor): FindingStep[] {
  const may = (permission: Permission) => person.permissions.includes(permission);
  if (!may('findings.manage') || state === 'closed') return [];
  const approves = may('reviews.approve');
  const taken: Record<FindingStep, boolean> = {
    instruct: approves && state !== 'resolved',
    close: approves && state === 'resolved',
    resolve: state !== 'resolved' && (approves || owner?.id === person.id),
    escalate: state !== 'escalated' && state !== 'resolved',
    reopen: approves && state === 'resolved',
    comment: true,
  };
  return (['instruct', 'close', 'resolve', 'escalate', 'reopen', 'comment'] as const).filter((step) => taken[step]);
}

/** What is sent for a step; words that nobody typed are left out. */
export function changeBy(
  step: FindingStep,
  { text, action, outcome }: Record<'text' | 'action' | 'outcome', string>,
): FindingChange {
  const said = text.trim() === '' ? {} : { comment: text.trim() };
  switch (step) {
    case 'comment':
      return said;
    case 'escalate':
      return { escalate: text.trim() };
    case 'instruct':
      return { instruct: text.trim() };
    case 'resolve':
      return { state: 'resolved', action: action.trim(), outcome: outcome.trim() };
    case 'close':
      return { state: 'closed', ...said };
    case 'reopen':
      return { state: 'open', ...said };
  }
}
