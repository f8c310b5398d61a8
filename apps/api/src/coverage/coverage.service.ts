import { Inject, Injectable } from '@nestjs/common';
import type { CoverageAnswer, CoverageSource } from '@akashi/contracts';
import type { CoverageException, SourceActivity } from '@akashi/database';
import { classCatalogue, eventClasses, type EventClass } from '@akashi/log-event';
import { coverageOf, dayOf, localInstant, type CoverageCell } from '@akashi/policy';
import type { ClassCoverage } from '@akashi/search';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { reachOfSource } from '../log-catalogue/reach-of-source.ts';
import { isMissingStream } from '../missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Parts = Pick<ApiParts, 'database' | 'search'>;

interface Place {
  readonly source: string;
  readonly class: string;
}

/** Three months: a class that comes with a quarterly act still counts as seen. */
const daysBefore = 92;

/**
 * Which source sends which class of events (PCI DSS 10.2.1), and how complete they are (10.2.2). Counts are of the events in the
 * caller's scope.
 */
@Injectable()
export class CoverageService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async day(context: RequestContext, day: string, signal: AbortSignal): Promise<CoverageAnswer> {
    const number = dayOf(day);
    const [since, from, to] = [number - daysBefore, number, number + 1].map((each) =>
      localInstant(each, 0, context.timeZone).getTime(),
    ) as [number, number, number];
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const [sources, exceptions, seen] = await Promise.all([
      tenant.sources.list(),
      tenant.coverageExceptions.list(),
      this.#seen(context, { from, to, since, signal }),
    ]);
    const visible = sources.filter((source) => reachOfSource(context, source) !== 'none');
    return {
      day,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      since: new Date(since).toISOString(),
      classes: eventClasses.map((name) => ({ name, ...classCatalogue[name] })),
      items: bySource(visible).map((source) => ({
        ...source,
        cells: cellsOf(source.id, seen, exceptions),
      })),
    };
  }

  async setNotExpected(context: RequestContext, place: Place, reason: string): Promise<void> {
    const { source, name } = await this.#find(context, place);
    const exceptions = this.#parts.database.forTenant(context.tenantId).coverageExceptions;
    const before = (await exceptions.list()).find((each) => each.sourceId === source.sourceId && each.class === name);
    await exceptions.put({ sourceId: source.sourceId, class: name, reason, setBy: context.actor.name }, () =>
      this.#trail.record(context, {
        action: 'coverage.not-expected',
        outcome: 'success',
        target: { kind: 'source', id: source.sourceId, name: source.name },
        ...(before === undefined ? {} : { before: { class: name, reason: before.reason } }),
        after: { class: name, reason },
      }),
    );
  }

  async setExpected(context: RequestContext, place: Place): Promise<void> {
    const { source, name } = await this.#find(context, place);
    const { sourceId } = source;
    const exceptions = this.#parts.database.forTenant(context.tenantId).coverageExceptions;
    await exceptions.remove({ sourceId, class: name }, () =>
      this.#trail.record(context, {
        action: 'coverage.expected',
        outcome: 'success',
        target: { kind: 'source', id: sourceId, name: source.name },
        before: { class: name },
      }),
    );
  }

  /** A tenant that has sent nothing yet has no index. */
  async #seen(
    context: RequestContext,
    range: { from: number; to: number; since: number; signal: AbortSignal },
  ): Promise<ClassCoverage[]> {
    try {
      return await this.#parts.search.forTenant(context.tenantId).coverage({ scope: context.scope, ...range });
    } catch (error) {
      if (isMissingStream(error)) return [];
      throw error;
    }
  }

  async #find(context: RequestContext, place: Place): Promise<{ source: SourceActivity; name: EventClass }> {
    const name = eventClasses.find((each) => each === place.class);
    const sources = await this.#parts.database.forTenant(context.tenantId).sources.list();
    const source = sources.find(({ sourceId }) => sourceId === place.source);
    if (name === undefined || source === undefined) throw new AppError('not-found');
    return { source, name };
  }
}

/** One row for each source, however many streams it has. */
function bySource(streams: readonly SourceActivity[]): Array<Omit<CoverageSource, 'cells'>> {
  const rows = new Map<string, Omit<CoverageSource, 'cells'>>();
  for (const { sourceId: id, name, kind, logGroup } of streams) {
    const row = rows.get(id) ?? { id, name, kind, logGroups: [] };
    if (logGroup !== null && !row.logGroups.includes(logGroup)) row.logGroups.push(logGroup);
    rows.set(id, row);
  }
  return [...rows.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

function cellsOf(
  id: string,
  seen: readonly ClassCoverage[],
  exceptions: readonly CoverageException[],
): CoverageSource['cells'] {
  const own = exceptions.filter(({ sourceId }) => sourceId === id);
  const cells = coverageOf(
    seen.filter(({ source }) => source === id),
    new Set(own.map((each) => each.class)),
  );
  return cells.map((cell) => showCell(cell, own));
}

function showCell(
  { lastMs, ...cell }: CoverageCell,
  exceptions: readonly CoverageException[],
): CoverageSource['cells'][number] {
  const exception = exceptions.find((each) => each.class === cell.class);
  return {
    ...cell,
    missing: { ...cell.missing } as CoverageSource['cells'][number]['missing'],
    lastSeenAt: lastMs === null ? null : new Date(lastMs).toISOString(),
    notExpected:
      exception === undefined
        ? null
        : { reason: exception.reason, setBy: exception.setBy, setAt: exception.setAt.toISOString() },
  };
}
