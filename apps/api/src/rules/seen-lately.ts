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

/** What an organisation's events of the last 30 days had. */
@Injectable()
export class SeenLatelyService {
  readonly #parts: Pick<ApiParts, 'search' | 'clock'>;
  readonly #kept = new Map<string, { readonly at: number; readonly seen: Promise<SeenLately> }>();

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'search' | 'clock'>) {
    this.#parts = parts;
  }

  of(tenantId: TenantId): Promise<SeenLately> {
    const at = performance.now();
    const kept = this.#kept.get(tenantId);
    if (kept !== undefined && at - kept.at < freshForMs) return kept.seen;
    const seen = this.#look(tenantId);
    this.#kept.set(tenantId, { at, seen });
    seen.catch(() => this.#kept.delete(tenantId));
    return seen;
  }

  async #look(tenantId: TenantId): Promise<SeenLately> {
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
