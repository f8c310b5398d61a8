import type { ApprovalAnswer } from '@akashi/contracts';
import type { Approval, ApprovalDecision } from '@akashi/database';
import type { Actor } from '../request-context/request-context.ts';
import { mayApprove } from './approver.ts';

type ApprovalState = ApprovalDecision | 'waiting' | 'lapsed';

export function stateOf({ decision, lapsesAt }: Approval, now: Date): ApprovalState {
  return decision ?? (lapsesAt > now ? 'waiting' : 'lapsed');
}

/** Whose word it waits for: the named person's, or where none is named anybody else's than who asked. */
export function isAsked({ approver, requestedBy }: Approval, { id, role }: Pick<Actor, 'id' | 'role'>): boolean {
  if (requestedBy.id === id) return false;
  return approver === null ? mayApprove(role) : approver.id === id;
}

export function showApproval(asked: Approval, { actor, now }: { actor: Actor; now: Date }): ApprovalAnswer {
  const { id, kind, note, decidedAt, requestedBy, approver } = asked;
  return {
    id,
    kind,
    note,
    state: stateOf(asked, now),
    requestedBy: { ...requestedBy, name: requestedBy.displayName },
    requestedAt: asked.requestedAt.toISOString(),
    approver: approver === null ? null : { ...approver, name: approver.displayName },
    mayDecide: stateOf(asked, now) === 'waiting' && isAsked(asked, actor),
    lapsesAt: asked.lapsesAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    group: asked.groupId === null ? null : { id: asked.groupId, name: asked.groupName ?? '' },
    grant: asked.kind === 'grant' ? asked.content : null,
    provider: asked.kind === 'identity-provider' ? { id: asked.subjectId, ...readMapping(asked.content) } : null,
    retention: asked.kind === 'retention' ? asked.content : null,
    legalHold: asked.kind === 'legal-hold' ? readLift(asked) : null,
    removal: asked.kind === 'tombstone' ? readRemoval(asked.content) : null,
  };
}

function readMapping({ name, groupMapping }: Extract<Approval, { kind: 'identity-provider' }>['content']) {
  return { name, groupMapping: groupMapping as NonNullable<ApprovalAnswer['provider']>['groupMapping'] };
}

function readRemoval({
  reason,
  rule,
  blocks,
}: Extract<Approval, { kind: 'tombstone' }>['content']): ApprovalAnswer['removal'] {
  return { reason, rule: rule.id, records: blocks.reduce((sum, { records }) => sum + records, 0), blocks };
}

function readLift({ subjectId, content }: Extract<Approval, { kind: 'legal-hold' }>): ApprovalAnswer['legalHold'] {
  const { reason, holdReason, ...held } = content;
  return { id: subjectId, reason: holdReason, ...held, liftReason: reason };
}
