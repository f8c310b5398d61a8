import { Inject, Injectable } from '@nestjs/common';
import { createAccessScope, ownLogGroupPrefix } from '@akashi/policy';
import type { TenantId } from '@akashi/database';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { emptyWhenMissing } from '../missing-stream.ts';
import type { SeenLately } from './rule-needs.ts';

const dayMs = 86_400_000;
const days = 30;
/** Fields that come for the first time today are told of soon enough; the count goes through a month of events. */
const freshForMs = 300_000;
const mostValues = 200;

/**
 * Whole organisations: a rule is asked about every event, whoever wrote it. Only names of fields, formats and classes that the
 * rule itself names come back.
 */
const everything = createAccessScope([
  {
    logGroups: ['*', `${ownLogGroupPrefix}*`],
    logStreams: [],
    sources: [],
    rowFilter: null,
    hiddenFields: [],
  },
]);

type SeenInLogs = Omit<SeenLately, 'keepsApprovals'>;

/** What an organisation's events of the last 30 days had. */
@Injectable()
export class SeenLatelyService {
  readonly #parts: Pick<ApiParts, 'search' | 'clock' | 'database'>;
  readonly #kept = new Map<string, { readonly at: number; readonly seen: Promise<SeenInLogs> }>();

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'search' | 'clock' | 'database'>) {
    this.#parts = parts;
  }

  /** What the masters hold is looked at anew each time: it is few rows, and people go on from there. */
  async of(tenantId: TenantId): Promise<SeenLately> {
    const { masters } = this.#parts.database.forTenant(tenantId);
    const [seen, approvals] = await Promise.all([this.#inLogs(tenantId), masters.rows('approvals', { limit: 1 })]);
    return { ...seen, keepsApprovals: approvals.length > 0 };
  }

  #inLogs(tenantId: TenantId): Promise<SeenInLogs> {
    const at = performance.now();
    const kept = this.#kept.get(tenantId);
    if (kept !== undefined && at - kept.at < freshForMs) return kept.seen;
    const seen = this.#look(tenantId);
    this.#kept.set(tenantId, { at, seen });
    seen.catch(() => this.#kept.delete(tenantId));
    return seen;
  }

  async #look(tenantId: TenantId): Promise<SeenInLogs> {
    const reading = this.#parts.search.forTenant(tenantId);
    const to = this.#parts.clock.nowMs();
    const wanted = {
      tree: { kind: 'all' },
      scope: everything,
      from: to - days * dayMs,
      to,
      timeField: 'received_at',
    } as const;
    const [facets, stats] = await Promise.all([
      reading
        .facets({ ...wanted, fields: ['parse.format', 'pci.class', 'log.group'], size: mostValues })
        .catch(emptyWhenMissing([])),
      reading.fieldStats(wanted).catch(emptyWhenMissing({ fields: [], labels: [] })),
    ]);
    const valuesOf = (field: string): Set<string> =>
      new Set(facets.find((facet) => facet.field === field)?.values.map(({ value }) => String(value)));
    return {
      fields: new Set(stats.fields.map(({ field }) => field)),
      formats: valuesOf('parse.format'),
      classes: valuesOf('pci.class'),
      logGroups: valuesOf('log.group'),
    };
  }
}
