import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { LogGroupRetention, PciScopeChange } from '@akashi/contracts';
import type { PolicyRef, RetentionChange, RetentionDays, TenantDatabase } from '@akashi/database';
import { defaultRetentionPolicy, isLower, reachOfLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { ApprovalsService, beforeAndAfter, targetOfRetention } from '../access/approvals.service.ts';
import { stateOf } from '../access/show-approval.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { refuseDays } from './refuse-days.ts';
import { RetentionPoliciesService } from './retention-policies.service.ts';

interface GroupNow {
  readonly policy: PolicyRef;
  readonly inScope: boolean;
}

/**
 * Changes of how long things are kept. A raise is in force at once, for everything that exists; a lowering is for what comes
 * after it, and waits for a second person.
 */
@Injectable()
export class RetentionChangesService {
  readonly #parts: Pick<ApiParts, 'database' | 'clock'>;
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #approvals: Pick<ApprovalsService, 'askAnother'>;
  readonly #policies: Pick<RetentionPoliciesService, 'findOrMake' | 'find'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
    @Inject(ApprovalsService) approvals: Pick<ApprovalsService, 'askAnother'>,
    @Inject(RetentionPoliciesService) policies: Pick<RetentionPoliciesService, 'findOrMake' | 'find'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#approvals = approvals;
    this.#policies = policies;
  }

  /** Also of a log group that nothing came into yet, as long as the caller would see it. */
  async moveLogGroup(context: RequestContext, logGroup: string, wanted: LogGroupRetention): Promise<void> {
    const { policy: before, inScope } = await this.#group(context, logGroup);
    const after =
      'policyId' in wanted
        ? await this.#policies.find(context, wanted.policyId)
        : (refuseDays(wanted, { inScope }), await this.#policies.findOrMake(context, wanted));
    refuseDays(after, { inScope });
    if (after.id === before.id) return;
    const change = { kind: 'log-group', logGroup, before, after } as const;
    await this.#put(context, change, isLower(before, after));
  }

  async changeDays(context: RequestContext, policyId: string, after: RetentionDays): Promise<void> {
    const { onlineDays, keptDays } = await this.#policies.find(context, policyId);
    const before = { onlineDays, keptDays };
    if (isDeepStrictEqual(before, after)) return;
    await this.#put(context, { kind: 'policy', policyId, before, after }, isLower(before, after));
  }

  /** Everything is in PCI scope but what an administrator took out of it, with a reason and another person's word. */
  async changeScope(context: RequestContext, logGroup: string, wanted: PciScopeChange): Promise<void> {
    const { policy, inScope } = await this.#group(context, logGroup);
    if (wanted.inScope === inScope) return;
    if (wanted.inScope) refuseDays(policy, { inScope: true });
    const reason = wanted.inScope ? '' : wanted.reason;
    const change = { kind: 'scope', logGroup, before: inScope, after: wanted.inScope, reason } as const;
    await this.#put(context, change, !wanted.inScope);
  }

  async #put(context: RequestContext, change: RetentionChange, needsAnother: boolean): Promise<void> {
    if (needsAnother) await this.#ask(context, change);
    const outcome = await this.#own(context).retentionChanges.apply(
      change,
      { by: context.actor.id, approvedBy: null },
      () =>
        this.#trail.record(context, {
          action: 'retention.change',
          outcome: 'success',
          target: targetOfRetention(change),
          ...beforeAndAfter(change),
        }),
    );
    if (outcome === 'gone') throw new AppError('conflict', { reason: 'changed-meanwhile' });
  }

  /** Always refuses: with what waits for another person, which is asked for once. */
  async #ask(context: RequestContext, change: RetentionChange): Promise<never> {
    if (context.isSteppedUp !== true) throw new AppError('step-up-required');
    const now = this.#parts.clock.now();
    const asked = (await this.#own(context).approvals.list()).find(
      (each) =>
        each.kind === 'retention' && stateOf(each, now) === 'waiting' && isDeepStrictEqual(each.content, change),
    );
    const subject = { kind: 'retention', groupId: null, subjectId: null, content: change } as const;
    const { id } = asked ?? (await this.#approvals.askAnother(context, { subject, target: targetOfRetention(change) }));
    throw new AppError('second-person-required', { params: { approvalId: id } });
  }

  async #group(context: RequestContext, logGroup: string): Promise<GroupNow> {
    if (reachOfLogGroup(context.scope, logGroup) === 'none') throw new AppError('not-found');
    const found = await this.#own(context).retentionPolicies.of(logGroup);
    if (found !== null) return found;
    return { policy: await this.#policies.find(context, defaultRetentionPolicy), inScope: true };
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#parts.database.forTenant(context.tenantId);
  }
}
