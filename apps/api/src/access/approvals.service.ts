import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, AuditEvent } from '@akashi/audit-trail';
import type { ApprovalAnswer, ApprovalDecisionRequest, ApprovalsAnswer } from '@akashi/contracts';
import type { Approval, Approvals, ApprovalSubject, RetentionChange } from '@akashi/database';
import { isPermitted } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ApprovalMails } from './approval-mails.ts';
import { findApprover, mayApprove } from './approver.ts';
import { isAsked, showApproval, stateOf } from './show-approval.ts';

const waitsMs = 14 * 86_400_000;

/** What is asked for, and whose word it needs. */
export interface Asking {
  readonly subject: ApprovalSubject;
  readonly approverId: string;
  /** What it is about. */
  readonly target: NonNullable<AuditEvent['target']>;
  /** What stands on record when it is in force. */
  readonly action: (typeof actionOfKind)[Approval['kind']];
}

/** Words that are waited for (PCI DSS 7.2.3): given by the person who was asked, stepped up, in their own session. */
@Injectable()
export class ApprovalsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #audit: Pick<AuditTrail, 'record'>;
  readonly #mails: Pick<ApprovalMails, 'asked' | 'decided'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) audit: Pick<AuditTrail, 'record'>,
    @Inject(ApprovalMails) mails: Pick<ApprovalMails, 'asked' | 'decided'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#audit = audit;
    this.#mails = mails;
  }

  async list(context: RequestContext): Promise<ApprovalsAnswer> {
    const { actor } = context;
    const own = { personId: actor.id, mayApprove: mayApprove(actor.role) };
    const found = await this.#own(context).list(isPermitted(actor.role, 'access.read') ? undefined : own);
    return { items: found.map((each) => showApproval(each, { actor, now: this.#clock.now() })) };
  }

  /** What waits for the group's sake, newest first. */
  async waitingOf(context: RequestContext, groupId: string): Promise<Approval[]> {
    const now = this.#clock.now();
    const found = await this.#own(context).list();
    return found.filter((each) => each.groupId === groupId && stateOf(each, now) === 'waiting');
  }

  /** What waits for providers' sake: the approvals, newest first, by provider. */
  async waitingFor(context: RequestContext): Promise<Map<string, string[]>> {
    const now = this.#clock.now();
    const byProvider = new Map<string, string[]>();
    for (const each of await this.#own(context).list()) {
      if (each.kind !== 'identity-provider' || stateOf(each, now) !== 'waiting') continue;
      byProvider.set(each.subjectId, [...(byProvider.get(each.subjectId) ?? []), each.id]);
    }
    return byProvider;
  }

  /** Throws where this person's word cannot be asked for, before anything is changed. */
  async checkApprover(context: RequestContext, approverId: string): Promise<void> {
    await findApprover(this.#database.forTenant(context.tenantId), context, approverId);
  }

  /**
   * Asks for the word. Where nobody else can be asked, as in an organisation with one administrator, it is in force at
   * once: the trail and the approval itself say that one person stood alone.
   */
  async ask(context: RequestContext, { subject, approverId, target, action }: Asking): Promise<Approval> {
    const approver = await findApprover(this.#database.forTenant(context.tenantId), context, approverId);
    const isAlone = approver.id === context.actor.id;
    const lapsesAt = new Date(this.#clock.nowMs() + waitsMs);
    const wanted = { ...subject, requestedBy: context.actor.id, approverId: approver.id, lapsesAt };
    const details = { ...detailsOf(subject), approver: approver.email, only_administrator: isAlone || undefined };
    const id = await this.#own(context).request(wanted, async () => {
      const event = { outcome: 'success', target, details, ...changeOf(subject) } as const;
      await this.#audit.record(context, { ...event, action: isAlone ? action : 'approval.request' });
    });
    if (id === null) throw new AppError('not-found');
    const asked = await this.#find(context, id);
    if (!isAlone) await this.#mails.asked(context.tenantId, asked);
    return asked;
  }

  /**
   * Asks anybody else who may approve, and nobody's word alone does: where there is nobody else, it is refused. Answers the
   * approval that waits.
   */
  async askAnother(
    context: RequestContext,
    { subject, target }: Omit<Asking, 'approverId' | 'action'>,
  ): Promise<Approval> {
    const { accessGrants } = this.#database.forTenant(context.tenantId);
    const others = (await accessGrants.people()).filter(({ id, role }) => id !== context.actor.id && mayApprove(role));
    if (others.length === 0) throw new AppError('second-person-missing');
    const lapsesAt = new Date(this.#clock.nowMs() + waitsMs);
    const wanted = { ...subject, requestedBy: context.actor.id, approverId: null, lapsesAt };
    const id = await this.#own(context).request(wanted, () =>
      this.#audit.record(context, {
        action: 'approval.request',
        outcome: 'success',
        target,
        details: detailsOf(subject),
        ...changeOf(subject),
      }),
    );
    if (id === null) throw new AppError('conflict', { reason: 'gone' });
    const asked = await this.#find(context, id);
    for (const other of others) await this.#mails.asked(context.tenantId, { ...asked, approver: other });
    return asked;
  }

  confirm(context: RequestContext, id: string, decision: ApprovalDecisionRequest): Promise<ApprovalAnswer> {
    return this.#decide(context, id, { decision: 'confirmed', ...decision });
  }

  decline(context: RequestContext, id: string, decision: ApprovalDecisionRequest): Promise<ApprovalAnswer> {
    return this.#decide(context, id, { decision: 'declined', ...decision });
  }

  withdraw(context: RequestContext, id: string): Promise<ApprovalAnswer> {
    return this.#decide(context, id, { decision: 'withdrawn', note: null });
  }

  async #decide(
    context: RequestContext,
    id: string,
    { decision, note }: { decision: 'confirmed' | 'declined' | 'withdrawn'; note: string | null },
  ): Promise<ApprovalAnswer> {
    const { actor } = context;
    const asked = await this.#find(context, id);
    if (decision !== 'withdrawn' && !isAsked(asked, actor)) throw new AppError('not-found');
    if (decision === 'confirmed' && !mayApprove(actor.role))
      throw new AppError('forbidden', { reason: 'not-approver' });
    const { target, action } = placeOf(asked);
    const outcome = await this.#own(context).decide({ id, by: actor.id, decision, note }, async () => {
      const details = { ...detailsOf(asked), requested_by: asked.requestedBy.email, note: note ?? undefined };
      const event = { outcome: 'success', target, details, ...changeOf(asked) } as const;
      await this.#audit.record(context, { ...event, action: actionOf[decision] });
      if (decision !== 'confirmed') return;
      await this.#audit.record(context, {
        ...event,
        action,
        details: { ...details, approved_by: actor.email },
      });
    });
    if (outcome === 'gone') throw new AppError('conflict', { reason: 'gone' });
    if (outcome !== 'decided') throw new AppError(outcome);
    const decided = await this.#find(context, id);
    await this.#mails.decided(context.tenantId, decided);
    return showApproval(decided, { actor, now: this.#clock.now() });
  }

  async #find(context: RequestContext, id: string): Promise<Approval> {
    const found = await this.#own(context).find(id);
    if (found === null) throw new AppError('not-found');
    return found;
  }

  #own(context: RequestContext): Approvals {
    return this.#database.forTenant(context.tenantId).approvals;
  }
}

const actionOf = {
  confirmed: 'approval.confirm',
  declined: 'approval.decline',
  withdrawn: 'approval.withdraw',
} as const;

const actionOfKind = {
  grant: 'grant.create',
  membership: 'access-group.member-add',
  'identity-provider': 'identity-provider.change',
  retention: 'retention.change',
  'legal-hold': 'legal-hold.lift',
  tombstone: 'tombstone.create',
} as const satisfies Record<Approval['kind'], AuditAction>;

function placeOf(asked: Approval): Pick<Asking, 'target' | 'action'> {
  return { action: actionOfKind[asked.kind], target: targetOf(asked) };
}

function targetOf(asked: Approval): Asking['target'] {
  if (asked.kind === 'identity-provider') {
    return { kind: 'identity-provider', id: asked.subjectId, name: asked.content.name };
  }
  if (asked.kind === 'retention') return targetOfRetention(asked.content);
  if (asked.kind === 'legal-hold') return { kind: 'legal-hold', id: asked.subjectId };
  if (asked.kind === 'tombstone') return { kind: 'tombstone' };
  return { kind: 'access-group', id: asked.groupId, name: asked.groupName ?? undefined };
}

/** What a change of keeping is about, as the trail names it. */
export function targetOfRetention(change: RetentionChange): Asking['target'] {
  return change.kind === 'policy'
    ? { kind: 'retention-policy', id: change.policyId }
    : { kind: 'log-group', name: change.logGroup };
}

/** What it was and what it becomes; a grant, a member or a mapping is only what it becomes. */
function changeOf(subject: ApprovalSubject): Pick<AuditEvent, 'before' | 'after'> {
  return subject.kind === 'retention' ? beforeAndAfter(subject.content) : { after: { ...subject.content } };
}

export function beforeAndAfter(change: RetentionChange): Pick<AuditEvent, 'before' | 'after'> {
  if (change.kind !== 'scope') return { before: { ...change.before }, after: { ...change.after } };
  return { before: { inScope: change.before }, after: { inScope: change.after, reason: change.reason } };
}

function detailsOf({ kind, subjectId }: ApprovalSubject): AuditEvent['details'] {
  return { approval_of: kind, member_id: kind === 'membership' ? subjectId : undefined };
}
