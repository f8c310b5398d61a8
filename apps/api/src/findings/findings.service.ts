import { Inject, Injectable } from '@nestjs/common';
import type { FindingAnswer, FindingChange, FindingsAnswer, FindingsQuery, NewFinding } from '@akashi/contracts';
import type { FindingSelection, TenantDatabase } from '@akashi/database';
import { dayBefore, dayName, dayOf, type FindingRefusal } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { EventService } from '../event/event.service.ts';
import { PeopleOfReviews } from './people-of-reviews.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { planChange } from './change-finding.ts';
import { valuesOf } from './finding-values.ts';
import { pinLines, textsOf, type ReadEvent } from './pin-lines.ts';
import { listFinding, showFinding } from './show-finding.ts';

/** What reviews found, from its discovery to its end (PCI DSS 10.4.3). */
@Injectable()
export class FindingsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #events: ReadEvent;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
    @Inject(EventService) events: ReadEvent,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#trail = trail;
    this.#events = events;
  }

  async list(context: RequestContext, query: FindingsQuery): Promise<FindingsAnswer> {
    const { state, day, owner, limit, cursor } = query;
    const before = cursor === undefined ? undefined : Number(cursor);
    if (before !== undefined && !(Number.isSafeInteger(before) && before > 0 && before < 2 ** 31)) {
      throw new AppError('cursor-invalid');
    }
    const ownerId = owner === 'me' ? context.actor.id : owner;
    const selection = { states: statesOf(state), day, ownerId, before, limit: limit + 1 };
    const found = await this.#own(context).findings.list(selection);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last !== undefined ? { next: String(last.number) } : {};
    return { items: items.map((finding) => listFinding(finding, this.#today(context))), ...next };
  }

  async get(context: RequestContext, id: string): Promise<FindingAnswer> {
    const found = await this.#own(context).findings.find(id);
    if (found === null) throw new AppError('not-found');
    const texts = await textsOf(this.#events, context, found.lines);
    return showFinding(found, { today: this.#today(context), texts, scope: context.scope });
  }

  /** One that no review's item is about. */
  async create(context: RequestContext, wanted: NewFinding): Promise<FindingAnswer> {
    const { actor } = context;
    const tenant = this.#own(context);
    await checkOwner(tenant, wanted.owner);
    const lines = await pinLines(this.#events, context, wanted.eventIds);
    const { eventIds: _lines, ...said } = wanted;
    const at = this.#clock.now();
    const id = await tenant.findings.change(async (held) => {
      const made = await held.create({
        ...valuesOf({ ...said, when: said.when ?? lines[0]?.time }),
        reviewDay: null,
        itemId: null,
        report: null,
        areaId: null,
        areaName: null,
        foundBy: actor.id,
        foundByName: actor.name,
        foundAt: at,
      });
      await held.pin(made.id, lines, { by: actor.name, at });
      await this.#trail.record(context, {
        action: 'finding.create',
        outcome: 'success',
        target: { kind: 'finding', id: made.id, name: `#${made.number} ${said.title}` },
        after: { ...said },
        count: lines.length,
      });
      return made.id;
    });
    return this.get(context, id);
  }

  async change(context: RequestContext, id: string, wanted: FindingChange): Promise<FindingAnswer> {
    const tenant = this.#own(context);
    await checkOwner(tenant, wanted.owner);
    const lines = await pinLines(this.#events, context, wanted.addEventIds ?? []);
    const people = await PeopleOfReviews.read(tenant);
    const at = this.#clock.now();
    const { actor } = context;
    await tenant.findings.change(async (held) => {
      const found = await held.hold(id);
      if (found === null) throw new AppError('not-found');
      const { finding } = found;
      const nameOf = (person: string): string => people.find(person)?.displayName ?? person;
      const planned = planChange(finding, wanted, { by: actor, at, nameOf });
      if ('refusal' in planned) throw refusedAs(planned.refusal);
      await held.put(id, planned.change);
      const pinned = await held.pin(id, lines, { by: actor.name, at });
      for (const note of planned.notes) await held.note(id, note);
      if (pinned > 0) {
        await held.note(id, { kind: 'attachment', byId: actor.id, byName: actor.name, at, text: String(pinned) });
      }
      await this.#trail.record(context, {
        action: 'finding.change',
        outcome: 'success',
        target: { kind: 'finding', id, name: `#${finding.number} ${finding.title}` },
        before: Object.fromEntries(planned.fields.map(({ field, before }) => [field, before])),
        after: Object.fromEntries(planned.fields.map(({ field, after }) => [field, after])),
        details: { comment: wanted.comment, escalation: wanted.escalate, instruction: wanted.instruct, pinned },
      });
    });
    return this.get(context, id);
  }

  #today({ timeZone }: RequestContext): string {
    return dayName(dayOf(dayBefore(this.#clock.now(), timeZone)) + 1);
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#database.forTenant(context.tenantId);
  }
}

/** An owner is somebody who can work on it. */
export async function checkOwner(tenant: TenantDatabase, owner: string | null | undefined): Promise<void> {
  if (owner == null) return;
  const people = await PeopleOfReviews.read(tenant);
  if (people.active(owner, 'findings.manage') === null) throw new AppError('conflict', { reason: 'not-an-owner' });
}

function refusedAs(refusal: FindingRefusal): AppError {
  if (refusal === 'role') return new AppError('forbidden');
  if (refusal === 'settled') return new AppError('finding-settled');
  if (refusal === 'separation-of-duties') {
    return new AppError('separation-of-duties', { params: { requirement: 'pci:4.0.1:10.4.3' } });
  }
  return new AppError('conflict', { reason: refusal === 'unfinished' ? 'finding-unfinished' : 'finding-state' });
}

function statesOf(state: FindingsQuery['state']): FindingSelection['states'] {
  if (state === undefined) return undefined;
  return state === 'unfinished' ? ['open', 'escalated', 'instructed', 'resolved'] : [state];
}
