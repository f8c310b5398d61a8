import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from '@akashi/audit-trail';
import type { ApprovalAnswer, ApprovalDecisionRequest, ApprovalsAnswer } from '@akashi/contracts';
import type { Approval, Approvals, ApprovalSubject } from '@akashi/database';
import { isPermitted } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ApprovalMails } from './approval-mails.ts';
import { findApprover, mayApprove } from './approver.ts';
import { showApproval, stateOf } from './show-approval.ts';

const waitsMs = 14 * 86_400_000;

/** What is asked for, and whose word it needs. */
export interface Asking {
  readonly subject: ApprovalSubject;
  readonly approverId: string;
  /** The group or provider that it is about. */
  readonly target: NonNullable<AuditEvent['target']>;
  /** What stands on record when it is in force. */
  readonly action: 'grant.create' | 'access-group.member-add' | 'identity-provider.change';
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
    const of = isPermitted(actor.role, 'access.read') ? undefined : { personId: actor.id };
    return { items: (await this.#own(context).list(of)).map((each) => showApproval(each, this.#clock.now())) };
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
      const event = { outcome: 'success', target, details, after: { ...subject.content } } as const;
      await this.#audit.record(context, { ...event, action: isAlone ? action : 'approval.request' });
    });
    if (id === null) throw new AppError('not-found');
    const asked = await this.#find(context, id);
    if (!isAlone) await this.#mails.asked(context.tenantId, asked);
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
    const isTheirs = decision === 'withdrawn' || (asked.approver.id === actor.id && asked.requestedBy.id !== actor.id);
    if (!isTheirs) throw new AppError('not-found');
    if (decision === 'confirmed' && !mayApprove(actor.role))
      throw new AppError('forbidden', { reason: 'not-approver' });
    const { target, action } = placeOf(asked);
    const outcome = await this.#own(context).decide({ id, by: actor.id, decision, note }, async () => {
      const details = { ...detailsOf(asked), requested_by: asked.requestedBy.email, note: note ?? undefined };
      const event = { outcome: 'success', target, details, after: { ...asked.content } } as const;
      await this.#audit.record(context, { ...event, action: actionOf[decision] });
      if (decision !== 'confirmed') return;
      await this.#audit.record(context, {
        ...event,
        action,
        details: { ...details, approved_by: asked.approver.email },
      });
    });
    if (outcome === 'gone') throw new AppError('conflict', { reason: 'gone' });
    if (outcome !== 'decided') throw new AppError(outcome);
    const decided = await this.#find(context, id);
    await this.#mails.decided(context.tenantId, decided);
    return showApproval(decided, this.#clock.now());
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
} as const satisfies Record<Approval['kind'], Asking['action']>;

function placeOf(asked: Approval): Pick<Asking, 'target' | 'action'> {
  const action = actionOfKind[asked.kind];
  return asked.kind === 'identity-provider'
    ? { action, target: { kind: 'identity-provider', id: asked.subjectId, name: asked.content.name } }
    : { action, target: { kind: 'access-group', id: asked.groupId, name: asked.groupName ?? undefined } };
}

function detailsOf({ kind, subjectId }: ApprovalSubject): AuditEvent['details'] {
  return { approval_of: kind, member_id: kind === 'membership' ? subjectId : undefined };
}
