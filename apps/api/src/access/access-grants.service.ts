import { Inject, Injectable } from '@nestjs/common';
import type { AccessGrantAnswer, AccessGrantsAnswer, NewGrant } from '@akashi/contracts';
import type { Approval, StoredGrant, TenantDatabase } from '@akashi/database';
import { eventFields, resolveFieldName } from '@akashi/log-event';
import { isInForce, unhidableFields } from '@akashi/policy';
import { namesPeople } from '@akashi/query';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { readQuery } from '../selection/read-selection.ts';
import { refusals } from '../people/refusals.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { accessGroupTarget, findAccessGroup } from './access-group.ts';
import { ApprovalsService } from './approvals.service.ts';

/** What groups may read. A grant is never changed: it is revoked, and given anew with a new approval. */
@Injectable()
export class AccessGrantsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #audit: Pick<AuditTrail, 'record'>;
  readonly #approvals: Pick<ApprovalsService, 'ask' | 'waitingOf' | 'withdraw'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) audit: Pick<AuditTrail, 'record'>,
    @Inject(ApprovalsService) approvals: Pick<ApprovalsService, 'ask' | 'waitingOf' | 'withdraw'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#audit = audit;
    this.#approvals = approvals;
  }

  /** Those that wait for their approval, then all others, ended ones too, newest first. */
  async list(context: RequestContext, groupId: string): Promise<AccessGrantsAnswer> {
    await findAccessGroup(this.#tenant(context), groupId);
    const [waiting, grants] = await Promise.all([
      this.#approvals.waitingOf(context, groupId),
      this.#tenant(context).accessGrants.list(groupId),
    ]);
    const now = this.#clock.now();
    return { items: [...waiting.flatMap(showAsked), ...grants.map((grant) => showGrant(grant, now))] };
  }

  /** Asks for it: in force once the approver confirms, at once where nobody else can be asked. */
  async create(context: RequestContext, groupId: string, wanted: NewGrant): Promise<AccessGrantAnswer> {
    const tenant = this.#tenant(context);
    const group = await findAccessGroup(tenant, groupId);
    const hiddenFields = wanted.hiddenFields.map(readHiddenField);
    const rowFilter = wanted.rowFilter === null || wanted.rowFilter.trim() === '' ? null : wanted.rowFilter;
    if (rowFilter !== null && namesPeople(readQuery(context, rowFilter).tree)) throw refusals.inRowFilter(context);
    const validFrom = wanted.validFrom === undefined ? undefined : new Date(wanted.validFrom);
    const validTo = wanted.validTo === null ? null : new Date(wanted.validTo);
    if (validTo !== null && validTo <= (validFrom ?? this.#clock.now())) {
      throw new AppError('time-range-invalid', { detail: 'validTo: must be after validFrom and now' });
    }
    const { logGroups, logStreams, sources, reason } = wanted;
    const period = { validFrom: validFrom?.toISOString() ?? null, validTo: validTo?.toISOString() ?? null };
    const content = { logGroups, logStreams, sources, rowFilter, hiddenFields, reason, ...period };
    const asked = await this.#approvals.ask(context, {
      subject: { kind: 'grant', groupId, subjectId: null, content },
      approverId: wanted.approvedBy,
      target: accessGroupTarget(group),
      action: 'grant.create',
    });
    const [waiting] = asked.decision === null ? showAsked(asked) : [];
    if (waiting !== undefined) return waiting;
    const made = (await tenant.accessGrants.list(groupId)).find(({ approvalId }) => approvalId === asked.id);
    if (made === undefined) throw new AppError('not-found');
    return showGrant(made, this.#clock.now());
  }

  async revoke(context: RequestContext, groupId: string, id: string): Promise<AccessGrantAnswer> {
    const tenant = this.#tenant(context);
    const group = await findAccessGroup(tenant, groupId);
    const grant = (await tenant.accessGrants.list(groupId)).find((each) => each.id === id && each.revokedAt === null);
    if (grant === undefined) return this.#withdraw(context, groupId, id);
    const { logGroups, logStreams, sources, rowFilter, hiddenFields } = grant;
    await this.#audit.record(context, {
      action: 'grant.revoke',
      outcome: 'success',
      target: accessGroupTarget(group),
      details: { grant_id: id },
      before: { logGroups, logStreams, sources, rowFilter, hiddenFields },
    });
    const revoked = await tenant.accessGrants.revoke({ id, groupId, by: context.actor.id });
    if (revoked === null) throw new AppError('not-found');
    return showGrant(revoked, this.#clock.now());
  }

  /** One that waits for its approval: nobody is asked any more. */
  async #withdraw(context: RequestContext, groupId: string, id: string): Promise<AccessGrantAnswer> {
    const asked = (await this.#approvals.waitingOf(context, groupId)).find((each) => each.id === id);
    const [shown] = asked === undefined ? [] : showAsked(asked);
    if (shown === undefined) throw new AppError('not-found');
    const { decidedAt } = await this.#approvals.withdraw(context, id);
    return { ...shown, awaitsApproval: false, revokedBy: context.actor.id, revokedAt: decidedAt };
  }

  #tenant(context: RequestContext): TenantDatabase {
    return this.#database.forTenant(context.tenantId);
  }
}

/** The field's own name; a field that cannot be hidden, or that is none, is refused rather than left open. */
function readHiddenField(written: string): string {
  if (written === 'labels' || /^labels\..+/.test(written)) return written;
  const name = resolveFieldName(written) ?? written;
  if (!Object.hasOwn(eventFields, name) || unhidableFields.has(name)) {
    throw new AppError('request-invalid', { detail: `hiddenFields: ${written} is no field that can be hidden` });
  }
  return name;
}

function showGrant(grant: StoredGrant, now: Date): AccessGrantAnswer {
  return {
    ...grant,
    validFrom: grant.validFrom.toISOString(),
    validTo: grant.validTo?.toISOString() ?? null,
    createdAt: grant.createdAt.toISOString(),
    revokedAt: grant.revokedAt?.toISOString() ?? null,
    inForce: isInForce(grant, now),
    awaitsApproval: false,
  };
}

/** A grant that is asked for, as it will be. */
function showAsked(asked: Approval): AccessGrantAnswer[] {
  if (asked.kind !== 'grant') return [];
  const requestedAt = asked.requestedAt.toISOString();
  return [
    {
      ...asked.content,
      id: asked.id,
      groupId: asked.groupId,
      validFrom: asked.content.validFrom ?? requestedAt,
      approvedBy: asked.approver?.email ?? '',
      createdBy: asked.requestedBy.id,
      createdAt: requestedAt,
      revokedBy: null,
      revokedAt: null,
      inForce: false,
      approvalId: asked.id,
      awaitsApproval: true,
      approvedAlone: false,
    },
  ];
}
