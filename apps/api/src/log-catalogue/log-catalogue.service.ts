import { Inject, Injectable } from '@nestjs/common';
import type { LogGroupsAnswer, SourcesAnswer } from '@akashi/contracts';
import { reachOfLogGroup } from '@akashi/policy';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { reachOfSource } from './reach-of-source.ts';

/**
 * What there is to read, and what sends it; both within the caller's scope. Of a place that is seen in part only its name
 * shows: its counts and times would tell of events that the caller may not know of.
 */
@Injectable()
export class LogCatalogueService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database'>) {
    this.#database = parts.database;
  }

  async logGroups(context: RequestContext): Promise<LogGroupsAnswer> {
    const groups = await this.#database.forTenant(context.tenantId).logGroups.list();
    return {
      items: groups.flatMap((group) => {
        const reach = reachOfLogGroup(context.scope, group.name);
        if (reach === 'none') return [];
        return [{ ...group, reach, ...(reach === 'part' ? withheld : formatSeen(group)) }];
      }),
    };
  }

  async sources(context: RequestContext): Promise<SourcesAnswer> {
    const sources = await this.#database.forTenant(context.tenantId).sources.list();
    return {
      items: sources.flatMap(({ sourceId, ...source }) => {
        const reach = reachOfSource(context, { sourceId, ...source });
        if (reach === 'none') return [];
        const shown = reach === 'part' ? { ...withheld, lagMs: null, recordsPerMinute: [] } : formatSeen(source);
        return [{ id: sourceId, ...source, reach, ...shown }];
      }),
    };
  }
}

const withheld = {
  streams: null,
  records: null,
  unparsed: null,
  masked: null,
  firstSeenAt: null,
  lastReceivedAt: null,
  lastEventAt: null,
} as const;

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
