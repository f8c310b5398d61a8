import { Inject, Injectable } from '@nestjs/common';
import type { LegalHoldAnswer, LegalHoldLift, LegalHoldsAnswer, NewLegalHold } from '@akashi/contracts';
import type { LegalHold, TenantDatabase } from '@akashi/database';
import { holdsLogGroup, reachOfLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { ApprovalsService } from '../access/approvals.service.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { partOf, showHold } from './show-hold.ts';

/** What may not be removed: set by one person, lifted by two. Beats every disposal and every lowering. */
@Injectable()
export class LegalHoldsService {
  readonly #parts: Pick<ApiParts, 'database' | 'clock'>;
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #approvals: Pick<ApprovalsService, 'askAnother'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
    @Inject(ApprovalsService) approvals: Pick<ApprovalsService, 'askAnother'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#approvals = approvals;
  }

  /** Those in force first; of what names log groups those that hold one which the caller may see. */
  async list(context: RequestContext): Promise<LegalHoldsAnswer> {
    const [holds, seen] = await Promise.all([this.#own(context).legalHolds.list(), this.#seen(context)]);
    const shown = holds.filter((hold) => isShown(context, hold, seen));
    const items = await Promise.all(shown.map((hold) => this.#show(context, hold, seen)));
    return { items: items.toSorted((a, b) => Number(a.state === 'lifted') - Number(b.state === 'lifted')) };
  }

  async create(context: RequestContext, wanted: NewLegalHold): Promise<LegalHoldAnswer> {
    const { reason, everything, logGroups, person, from, to } = wanted;
    const namesPart = logGroups.length > 0 || person !== null || from !== null || to !== null;
    if (everything === namesPart) {
      throw new AppError('request-invalid', { reason: everything ? 'everything-and-part' : 'holds-nothing' });
    }
    const [fromAt, toAt] = [from, to].map((at) => (at === null ? null : new Date(at))) as [Date | null, Date | null];
    if (fromAt !== null && toAt !== null && fromAt >= toAt) throw new AppError('time-range-invalid');
    const hold = {
      reason,
      logGroups,
      personId: person,
      personName: person === null ? null : await this.#nameOf(context, person),
      from: fromAt,
      to: toAt,
      createdBy: context.actor.id,
    };
    const id = await this.#own(context).legalHolds.create(hold, () =>
      this.#trail.record(context, {
        action: 'legal-hold.create',
        outcome: 'success',
        target: { kind: 'legal-hold' },
        after: { reason, everything, logGroups, person, from, to },
      }),
    );
    return this.#show(context, await this.#find(context, id), await this.#seen(context));
  }

  /** Asks for another person's word; it holds until that is given. */
  async lift(context: RequestContext, id: string, { reason }: LegalHoldLift): Promise<never> {
    const hold = await this.#find(context, id);
    if (hold.liftedAt !== null) throw new AppError('decided-before');
    if (hold.liftWaits)
      throw new AppError('second-person-required', { params: { approvalId: hold.liftApprovalId ?? '' } });
    const content = {
      reason,
      holdReason: hold.reason,
      logGroups: hold.logGroups,
      person: hold.personName ?? hold.personId,
      from: hold.from?.toISOString() ?? null,
      to: hold.to?.toISOString() ?? null,
    };
    const subject = { kind: 'legal-hold', groupId: null, subjectId: id, content } as const;
    const asked = await this.#approvals.askAnother(context, { subject, target: { kind: 'legal-hold', id } });
    throw new AppError('second-person-required', { params: { approvalId: asked.id } });
  }

  async #find(context: RequestContext, id: string): Promise<LegalHold> {
    const found = await this.#own(context).legalHolds.get(id);
    if (found === null || !isShown(context, found, await this.#seen(context))) throw new AppError('not-found');
    return found;
  }

  /** The log groups that the caller sees as a whole. */
  async #seen(context: RequestContext): Promise<string[]> {
    const groups = await this.#own(context).logGroups.list();
    return groups.map(({ name }) => name).filter((name) => reachOfLogGroup(context.scope, name) === 'all');
  }

  async #show(context: RequestContext, hold: LegalHold, seen: readonly string[]): Promise<LegalHoldAnswer> {
    if (hold.liftedAt !== null) return showHold(hold, null);
    const of = { logGroups: seen, now: this.#parts.clock.now() };
    return showHold(hold, await this.#own(context).legalHolds.count(partOf(hold), of));
  }

  async #nameOf(context: RequestContext, person: string): Promise<string | null> {
    const where = { column: 'person', oneOf: [person] };
    const rows = await this.#own(context).masters.rows('people', { where });
    return rows[0]?.values['name'] ?? null;
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#parts.database.forTenant(context.tenantId);
  }
}

/** Names of log groups tell of them: a hold of others alone does not show. One by name shows to whoever would see such. */
function isShown({ scope }: RequestContext, hold: LegalHold, seen: readonly string[]): boolean {
  if (hold.logGroups.length === 0) return true;
  return (
    seen.some((name) => holdsLogGroup(hold, name)) ||
    hold.logGroups.some((pattern) => reachOfLogGroup(scope, pattern) !== 'none')
  );
}
