import { Inject, Injectable } from '@nestjs/common';
import {
  longestSupportHours,
  type NewSupportAccessRequest,
  type SupportAccessAnswer,
  type SupportAccessesAnswer,
} from '@akashi/contracts';
import type { SupportAccess } from '@akashi/database';
import { reachOfLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { PlatformTrail } from '../audit-trail/platform-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

@Injectable()
export class SupportAccessService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #trail: Pick<PlatformTrail, 'recordBoth'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(PlatformTrail) trail: Pick<PlatformTrail, 'recordBoth'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<SupportAccessesAnswer> {
    const found = await this.#database.forTenant(context.tenantId).supportAccess.list();
    return { items: found.map((each) => this.#describe(each)) };
  }

  async grant(context: RequestContext, wanted: NewSupportAccessRequest): Promise<SupportAccessAnswer> {
    const endsAt = new Date(wanted.endsAt);
    const lastsMs = endsAt.getTime() - this.#clock.nowMs();
    if (lastsMs <= 0 || lastsMs > longestSupportHours * 3_600_000) {
      throw new AppError('request-invalid', {
        detail: `endsAt: must be within the next ${longestSupportHours} hours`,
        reason: 'ends-at',
        params: { hours: longestSupportHours, requirement: 'pci:4.0.1:8.2.7' },
      });
    }
    // Nobody lets an operator see what they do not see themselves, all of it.
    if (!wanted.logGroups.every((pattern) => reachOfLogGroup(context.scope, pattern) === 'all')) {
      throw new AppError('forbidden', { reason: 'beyond-own-access', detail: 'logGroups: more than you see yourself' });
    }
    await this.#trail.recordBoth(context, context.tenantId, {
      action: 'support-access.grant',
      outcome: 'success',
      target: { kind: 'operator', name: wanted.operator },
      logGroups: wanted.logGroups,
      details: { purpose: wanted.purpose, endsAt: endsAt.toISOString() },
    });
    const granted = await this.#database
      .forTenant(context.tenantId)
      .supportAccess.grant({ ...wanted, endsAt, grantedBy: context.actor.id });
    return this.#describe(granted);
  }

  async revoke(context: RequestContext, id: string): Promise<SupportAccessAnswer> {
    const { supportAccess } = this.#database.forTenant(context.tenantId);
    const found = (await supportAccess.list()).find((each) => each.id === id);
    if (found === undefined) throw new AppError('not-found');
    await this.#trail.recordBoth(context, context.tenantId, {
      action: 'support-access.revoke',
      outcome: 'success',
      target: { kind: 'operator', id, name: found.operator },
      details: { purpose: found.purpose },
    });
    // One that is over already stays as it ended.
    return this.#describe((await supportAccess.revoke(id, context.actor.id)) ?? found);
  }

  #describe(access: SupportAccess): SupportAccessAnswer {
    return describeSupportAccess(access, this.#clock.now());
  }
}

export function supportState(
  access: { revokedAt: Date | null; endsAt: Date },
  now: Date,
): SupportAccessAnswer['state'] {
  if (access.revokedAt !== null) return 'revoked';
  return access.endsAt > now ? 'current' : 'ended';
}

function describeSupportAccess(access: SupportAccess, now: Date): SupportAccessAnswer {
  return {
    id: access.id,
    operator: access.operator,
    purpose: access.purpose,
    logGroups: access.logGroups,
    grantedBy: access.grantedByName,
    grantedAt: access.grantedAt.toISOString(),
    endsAt: access.endsAt.toISOString(),
    revokedAt: access.revokedAt?.toISOString() ?? null,
    state: supportState(access, now),
  };
}
