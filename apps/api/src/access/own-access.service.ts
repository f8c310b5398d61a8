import { Inject, Injectable } from '@nestjs/common';
import type { OwnAccess } from '@akashi/contracts';
import { isOwnLogGroup, isPermitted, reachOfLogGroup } from '@akashi/policy';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** What is granted to the caller, so that finding nothing can be explained. */
@Injectable()
export class OwnAccessService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database'>) {
    this.#database = parts.database;
  }

  async get({ tenantId, actor, scope }: RequestContext): Promise<OwnAccess> {
    const tenant = this.#database.forTenant(tenantId);
    const [grants, groups] = await Promise.all([
      tenant.accessGrants.inForce({ userId: actor.id }),
      tenant.logGroups.list(),
    ]);
    const granted = new Set(grants.flatMap(({ logGroups }) => logGroups));
    const received = groups.map(({ name }) => name).filter((name) => !isOwnLogGroup(name));
    const may = (permission: Parameters<typeof isPermitted>[1]): boolean => isPermitted(actor.role, permission);
    const setsUp = may('sources.manage') || may('keys.manage') || may('access.manage');
    return {
      logGroups: [...granted].filter((name) => !isOwnLogGroup(name)).toSorted(),
      anyReceived: setsUp ? received.length > 0 : null,
      received: may('access.manage') ? received.map((name) => ({ name, reach: reachOfLogGroup(scope, name) })) : null,
    };
  }
}
