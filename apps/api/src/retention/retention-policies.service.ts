import { Inject, Injectable } from '@nestjs/common';
import type {
  NewRetentionPolicy,
  RetentionPoliciesAnswer,
  RetentionPolicyAnswer,
  RetentionPolicyRef,
} from '@akashi/contracts';
import type { RetentionDays, RetentionPolicies, RetentionPolicy } from '@akashi/database';
import { defaultRetentionPolicy, meetsFloors, mostOnlineClasses, reachOfLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { refuseDays } from './refuse-days.ts';
import { showPolicy } from './show-keeping.ts';

/** What log groups are kept by. A policy is never renamed, as blocks name it: its title may change. */
@Injectable()
export class RetentionPoliciesService {
  readonly #parts: Pick<ApiParts, 'database'>;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<RetentionPoliciesAnswer> {
    const [policies, inUse] = await Promise.all([
      this.#own(context).list(),
      this.#parts.database.platform.onlineDaysInUse(),
    ]);
    const isFirst = ({ name }: RetentionPolicy): number => (name === defaultRetentionPolicy ? 0 : 1);
    return {
      items: policies.toSorted((a, b) => isFirst(a) - isFirst(b)).map((each) => this.#show(context, each)),
      onlineClasses: { inUse: inUse.length, most: mostOnlineClasses },
    };
  }

  async show(context: RequestContext, id: string): Promise<RetentionPolicyAnswer> {
    return this.#show(context, await this.get(context, id));
  }

  async get(context: RequestContext, id: string): Promise<RetentionPolicy> {
    const found = await this.#own(context).get(id);
    if (found === null) throw new AppError('not-found');
    return found;
  }

  async find(context: RequestContext, id: string): Promise<RetentionPolicyRef> {
    return refOf(await this.get(context, id));
  }

  async create(context: RequestContext, wanted: NewRetentionPolicy): Promise<RetentionPolicyAnswer> {
    const { id, title, onlineDays, keptDays, outOfScopeOnly } = wanted;
    const days = { onlineDays, keptDays };
    refuseDays(days, { inScope: !outOfScopeOnly });
    await this.refuseClass(onlineDays);
    const name = id ?? (await this.#freeName(context));
    if (!(await this.#make(context, { name, title, ...days }))) throw new AppError('name-taken');
    return this.show(context, name);
  }

  /** A policy of exactly these days: the default before others, or a new one. */
  async findOrMake(context: RequestContext, { onlineDays, keptDays }: RetentionDays): Promise<RetentionPolicyRef> {
    const same = (await this.#own(context).list()).filter(
      (each) => each.onlineDays === onlineDays && each.keptDays === keptDays,
    );
    const [found] = [...same.filter(({ name }) => name === defaultRetentionPolicy), ...same];
    if (found !== undefined) return refOf(found);
    await this.refuseClass(onlineDays);
    const name = await this.#freeName(context);
    const isMade = await this.#make(context, { name, title: null, onlineDays, keptDays });
    if (!isMade) throw new AppError('conflict', { reason: 'changed-meanwhile' });
    return this.find(context, name);
  }

  async entitle(
    context: RequestContext,
    { name, title: before }: RetentionPolicy,
    title: string | null,
  ): Promise<void> {
    if (title === before) return;
    await this.#own(context).entitle(name, title, () =>
      this.#trail.record(context, {
        action: 'retention-policy.rename',
        outcome: 'success',
        target: { kind: 'retention-policy', id: name },
        before: { title: before },
        after: { title },
      }),
    );
  }

  /** Every number of days online has indices of its own, for all organisations. */
  async refuseClass(onlineDays: number): Promise<void> {
    const inUse = await this.#parts.database.platform.onlineDaysInUse();
    if (inUse.includes(onlineDays) || inUse.length < mostOnlineClasses) return;
    throw new AppError('conflict', { reason: 'online-classes-full', params: { most: mostOnlineClasses } });
  }

  async #make(
    context: RequestContext,
    policy: RetentionDays & { name: string; title: string | null },
  ): Promise<boolean> {
    const { name, ...values } = policy;
    return this.#own(context).create(policy, () =>
      this.#trail.record(context, {
        action: 'retention-policy.create',
        outcome: 'success',
        target: { kind: 'retention-policy', id: name },
        after: { ...values, outOfScopeOnly: !meetsFloors(values) },
      }),
    );
  }

  /** Says nothing of its days, which may change. */
  async #freeName(context: RequestContext): Promise<string> {
    const taken = new Set((await this.#own(context).list()).map(({ name }) => name));
    let number = taken.size + 1;
    while (taken.has(`policy-${number}`)) number += 1;
    return `policy-${number}`;
  }

  #show(context: RequestContext, policy: RetentionPolicy): RetentionPolicyAnswer {
    return showPolicy(policy, (logGroup) => reachOfLogGroup(context.scope, logGroup) !== 'none');
  }

  #own(context: RequestContext): RetentionPolicies {
    return this.#parts.database.forTenant(context.tenantId).retentionPolicies;
  }
}

function refOf({ name, title, onlineDays, keptDays }: RetentionPolicy): RetentionPolicyRef {
  return { id: name, title, onlineDays, keptDays };
}
