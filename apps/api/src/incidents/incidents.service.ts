import { Inject, Injectable } from '@nestjs/common';
import type { IncidentAnswer, IncidentClosing, IncidentsAnswer, IncidentsQuery } from '@akashi/contracts';
import type { IncidentOutcome, Incidents, IncidentSelection, StoredIncident } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { showIncident } from './show-incident.ts';

/** The organisation's incidents. Whoever acts on one is on record before it is done. */
@Injectable()
export class IncidentsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#trail = trail;
  }

  async list(context: RequestContext, { state, kind, limit, cursor }: IncidentsQuery): Promise<IncidentsAnswer> {
    const incidents = this.#own(context);
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const [found, unfinished] = await Promise.all([
      incidents.list({ states: statesOf(state), kind, after, limit: limit + 1 }),
      incidents.countUnfinished(),
    ]);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last !== undefined ? { next: cursorOf(last) } : {};
    return { items: items.map(showIncident), ...next, unfinished };
  }

  async get(context: RequestContext, id: string): Promise<IncidentAnswer> {
    const found = await this.#own(context).find(id);
    if (found === null) throw new AppError('not-found');
    return showIncident(found);
  }

  async acknowledge(context: RequestContext, id: string): Promise<IncidentAnswer> {
    const found = await this.get(context, id);
    const act = { id, by: context.actor.name, at: this.#clock.now() };
    return answerOf(
      await this.#own(context).acknowledge(act, () =>
        this.#trail.record(context, { action: 'incident.acknowledge', outcome: 'success', ...describe(found) }),
      ),
    );
  }

  async close(context: RequestContext, id: string, closing: IncidentClosing): Promise<IncidentAnswer> {
    const found = await this.get(context, id);
    const text = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);
    const record = {
      rootCause: text(closing.rootCause),
      action: closing.action,
      securityIssues: text(closing.securityIssues),
      furtherAction: text(closing.furtherAction),
      prevention: text(closing.prevention),
    };
    const act = { id, by: context.actor.name, at: this.#clock.now(), record };
    return answerOf(
      await this.#own(context).close(act, () =>
        this.#trail.record(context, {
          action: 'incident.close',
          outcome: 'success',
          ...describe(found),
          before: { state: found.state },
          after: { state: 'closed', ...record },
        }),
      ),
    );
  }

  #own(context: RequestContext): Incidents {
    return this.#database.forTenant(context.tenantId).incidents;
  }
}

function answerOf(result: IncidentOutcome): IncidentAnswer {
  if (result.outcome === 'done') return showIncident(result.incident);
  throw new AppError(result.outcome === 'not-found' ? 'not-found' : 'incident-closed');
}

function describe({ id, kind, where, cause }: IncidentAnswer): {
  target: { kind: string; id: string; name: string };
  details: { cause: string };
} {
  return { target: { kind: 'incident', id, name: `${kind} ${where}` }, details: { cause } };
}

function statesOf(state: IncidentsQuery['state']): IncidentSelection['states'] {
  if (state === undefined) return undefined;
  return state === 'open' ? ['open', 'acknowledged'] : [state];
}

function cursorOf({ startedAt, id }: StoredIncident): string {
  return `${startedAt.getTime()}.${id}`;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(text: string): { startedAt: Date; id: string } {
  const [ms = '', id = ''] = text.split('.');
  const startedAt = new Date(/^\d{1,15}$/.test(ms) ? Number(ms) : Number.NaN);
  if (Number.isNaN(startedAt.getTime()) || !uuid.test(id)) throw new AppError('cursor-invalid');
  return { startedAt, id };
}
