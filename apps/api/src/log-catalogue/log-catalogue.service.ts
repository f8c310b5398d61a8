import { Inject, Injectable } from '@nestjs/common';
import type { LogGroupsAnswer, SourcesAnswer } from '@akashi/contracts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { mayReadLogGroup, type RequestContext } from '../request-context/request-context.ts';

/** What there is to read, and what sends it; both within the caller's grants. */
@Injectable()
export class LogCatalogueService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database'>) {
    this.#database = parts.database;
  }

  async logGroups(context: RequestContext): Promise<LogGroupsAnswer> {
    const groups = await this.#database.forTenant(context.tenantId).logGroups.list();
    return {
      items: groups
        .filter(({ name }) => mayReadLogGroup(context.grants, name))
        .map((group) => ({ ...group, ...formatSeen(group) })),
    };
  }

  /** A source without any stream yet shows no log of anybody: it is listed to who may read all. */
  async sources(context: RequestContext): Promise<SourcesAnswer> {
    const sources = await this.#database.forTenant(context.tenantId).sources.list();
    return {
      items: sources
        .filter(({ logGroup }) => mayReadLogGroup(context.grants, logGroup ?? ''))
        .map(({ sourceId, ...source }) => ({ id: sourceId, ...source, ...formatSeen(source) })),
    };
  }
}

interface Seen {
  firstSeenAt: Date | null;
  lastReceivedAt: Date | null;
  lastEventAt: Date | null;
}

function formatSeen(seen: Seen): {
  firstSeenAt: string | null;
  lastReceivedAt: string | null;
  lastEventAt: string | null;
} {
  return {
    firstSeenAt: seen.firstSeenAt?.toISOString() ?? null,
    lastReceivedAt: seen.lastReceivedAt?.toISOString() ?? null,
    lastEventAt: seen.lastEventAt?.toISOString() ?? null,
  };
}
