import type { ApprovalAnswer } from '@akashi/contracts';
import type { Approval, ApprovalDecision } from '@akashi/database';

type ApprovalState = ApprovalDecision | 'waiting' | 'lapsed';

export function stateOf({ decision, lapsesAt }: Approval, now: Date): ApprovalState {
  return decision ?? (lapsesAt > now ? 'waiting' : 'lapsed');
}

export function showApproval(asked: Approval, now: Date): ApprovalAnswer {
  const { id, kind, note, decidedAt, requestedBy, approver } = asked;
  return {
    id,
    kind,
    note,
    state: stateOf(asked, now),
    requestedBy: { ...requestedBy, name: requestedBy.displayName },
    requestedAt: asked.requestedAt.toISOString(),
    approver: { ...approver, name: approver.displayName },
    lapsesAt: asked.lapsesAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    group: asked.groupId === null ? null : { id: asked.groupId, name: asked.groupName ?? '' },
    grant: asked.kind === 'grant' ? asked.content : null,
    provider: asked.kind === 'identity-provider' ? { id: asked.subjectId, ...readMapping(asked.content) } : null,
  };
}

function readMapping({ name, groupMapping }: Extract<Approval, { kind: 'identity-provider' }>['content']) {
  return { name, groupMapping: groupMapping as NonNullable<ApprovalAnswer['provider']>['groupMapping'] };
}
