import { Inject, Injectable } from '@nestjs/common';
import type { AlertAnswer, AlertsAnswer, AlertsQuery } from '@akashi/contracts';
import type { StoredAlert, StoredIncident, TenantDatabase } from '@akashi/database';
import type { Rule } from '@akashi/detection';
import { dayOf, localInstant, type AccessScope } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { EventService } from '../event/event.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { openScope, sightOfAlert } from './alert-sight.ts';
import { showAlert } from './show-alert.ts';

const pageOfAlerts = 200;
/** Who may see few of very many alerts goes on with the next page instead of waiting for this one. */
const mostLookedAt = 5_000;

/** What the rules of an organisation found, within what the caller may see: as a search would show the events. */
@Injectable()
export class AlertsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #events: Pick<EventService, 'get'>;

  constructor(
    @Inject(apiParts) { database }: Pick<ApiParts, 'database'>,
    @Inject(EventService) events: Pick<EventService, 'get'>,
  ) {
    this.#database = database;
    this.#events = events;
  }

  async list(context: RequestContext, query: AlertsQuery): Promise<AlertsAnswer> {
    const { severity, rule, state, limit } = query;
    const database = this.#database.forTenant(context.tenantId);
    const range = rangeOf(context, query);
    const severities = severity === undefined ? undefined : [severity];
    const shower = new AlertShower(database);
    const items: AlertAnswer[] = [];
    let after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    for (let looked = 0; looked < mostLookedAt;) {
      const page = await database.alerts.list({ ...range, severities, ruleId: rule, after, limit: pageOfAlerts });
      const seen = await this.#seen(context, page);
      for (const alert of page) {
        after = { openedAtUs: alert.openedAtUs, id: alert.id };
        const shown = seen.has(alert.id) ? await shower.show(alert) : undefined;
        if (shown === undefined || (state !== undefined && state !== stateOf(shown))) continue;
        items.push(shown);
        if (items.length === limit) return { items, next: cursorOf(after) };
      }
      looked += page.length;
      if (page.length < pageOfAlerts) return { items };
    }
    return { items, ...(after === undefined ? {} : { next: cursorOf(after) }) };
  }

  async get(context: RequestContext, id: string): Promise<AlertAnswer> {
    const database = this.#database.forTenant(context.tenantId);
    const found = await database.alerts.find(id);
    if (found === null || !(await this.#seen(context, [found])).has(id)) throw new AppError('not-found');
    return new AlertShower(database).show(found);
  }

  /** Ids of those that the caller may see. */
  async #seen(context: RequestContext, alerts: readonly StoredAlert[]): Promise<ReadonlySet<string>> {
    const scope = openScope(context.scope);
    const seen = new Set<string>();
    for (const alert of alerts) {
      const sight = sightOfAlert(scope, alert);
      if (sight === 'all' || (sight === 'events' && (await this.#seesEvents({ ...context, scope }, alert))))
        seen.add(alert.id);
    }
    return seen;
  }

  async #seesEvents(context: RequestContext & { scope: AccessScope }, { events }: StoredAlert): Promise<boolean> {
    const found = await Promise.all(
      events.map(({ eventId }) =>
        this.#events.get(context, eventId).then(
          () => true,
          (error: unknown) => {
            if (error instanceof AppError && error.code === 'not-found') return false;
            throw error;
          },
        ),
      ),
    );
    return !found.includes(false);
  }
}

/** Reads rules and incidents once for all alerts of an answer. */
class AlertShower {
  readonly #database: Pick<TenantDatabase, 'rules' | 'incidents'>;
  readonly #rules = new Map<string, Promise<ReadonlyMap<number, Rule>>>();

  constructor(database: Pick<TenantDatabase, 'rules' | 'incidents'>) {
    this.#database = database;
  }

  async show(alert: StoredAlert): Promise<AlertAnswer> {
    const [rule, incident] = await Promise.all([this.#ruleOf(alert), this.#incidentOf(alert)]);
    return showAlert(alert, { rule, incident });
  }

  async #ruleOf({ ruleId, version }: StoredAlert): Promise<Rule> {
    const kept = this.#rules.get(ruleId) ?? this.#versionsOf(ruleId);
    this.#rules.set(ruleId, kept);
    const rule = (await kept).get(version);
    if (rule === undefined) throw new Error('an alert is of a version that is not there');
    return rule;
  }

  async #versionsOf(ruleId: string): Promise<ReadonlyMap<number, Rule>> {
    const versions = await this.#database.rules.versions(ruleId);
    return new Map(versions.map(({ version, document }) => [version, document as Rule]));
  }

  async #incidentOf({ incidentId }: StoredAlert): Promise<StoredIncident | null> {
    return incidentId === null ? null : this.#database.incidents.find(incidentId);
  }
}

function rangeOf({ timeZone }: RequestContext, { day, from, to }: AlertsQuery): { from?: Date; to?: Date } {
  if (day !== undefined) {
    const number = dayOf(day);
    return { from: localInstant(number, 0, timeZone), to: localInstant(number + 1, 0, timeZone) };
  }
  return {
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}

function stateOf({ incident }: AlertAnswer): NonNullable<AlertsQuery['state']> {
  if (incident === null) return 'none';
  return incident.state === 'closed' ? 'closed' : 'open';
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function cursorOf({ openedAtUs, id }: { readonly openedAtUs: number; readonly id: string }): string {
  return `${openedAtUs}.${id}`;
}

function readCursor(text: string): { openedAtUs: number; id: string } {
  const [us = '', id = ''] = text.split('.');
  if (!/^\d{1,16}$/.test(us) || !uuid.test(id)) throw new AppError('cursor-invalid');
  return { openedAtUs: Number(us), id };
}
