import { Inject, Injectable } from '@nestjs/common';
import type { AreaAnswer, AreaInput, AreasAnswer } from '@akashi/contracts';
import type { Area, Areas, AreaValues } from '@akashi/database';
import { seesWholeArea } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { mayUse } from '../request-context/may-use.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { AreaGaps } from './area-gaps.ts';
import { refuseArea } from './refuse-area.ts';
import { areaValues, showArea } from './show-area.ts';

/** Live ones: each makes a run of each report a day. */
const mostAreas = 100;

type Parts = Pick<ApiParts, 'database' | 'clock' | 'search'>;

/** What the daily review looks at (PCI DSS 10.4.1, 10.4.2), and who does. */
@Injectable()
export class AreasService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #gaps: AreaGaps;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
    this.#gaps = new AreaGaps(parts);
  }

  /** An area tells of log groups, so only those see one that see it whole, and those who keep or read settings. */
  async list(context: RequestContext, signal: AbortSignal): Promise<AreasAnswer> {
    const areas = await this.#own(context).list();
    const seesAll = mayUse(context.actor, 'areas.manage') || mayUse(context.actor, 'settings.read');
    const seen = seesAll ? areas : areas.filter((each) => seesWholeArea(context.scope, each));
    const live = areas.filter(({ endedAt }) => endedAt === null);
    return { items: seen.map(showArea), gaps: seesAll ? await this.#gaps.find(context, live, signal) : [] };
  }

  async create(context: RequestContext, wanted: AreaInput): Promise<AreaAnswer> {
    const values = areaValues(wanted);
    const areas = await this.#check(context, values);
    if (areas.filter(({ endedAt }) => endedAt === null).length >= mostAreas)
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostAreas } });
    const id = await this.#own(context).create(values, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'area.create',
        outcome: 'success',
        target: { kind: 'area', name: values.name },
        after: { ...values },
      }),
    );
    return showArea(await this.#find(context, id));
  }

  async change(context: RequestContext, id: string, wanted: AreaInput): Promise<AreaAnswer> {
    const before = await this.#find(context, id);
    const values = areaValues(wanted);
    await this.#check(context, values, id);
    const isThere = await this.#own(context).change(id, { values, at: this.#parts.clock.now() }, () =>
      this.#trail.record(context, {
        action: 'area.change',
        outcome: 'success',
        target: { kind: 'area', id, name: before.name },
        before: valuesOf(before),
        after: { ...values },
      }),
    );
    if (!isThere) throw new AppError('not-found');
    return showArea(await this.#find(context, id));
  }

  async end(context: RequestContext, id: string): Promise<AreaAnswer> {
    const before = await this.#find(context, id);
    const isThere = await this.#own(context).end(id, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'area.end',
        outcome: 'success',
        target: { kind: 'area', id, name: before.name },
        before: valuesOf(before),
      }),
    );
    if (!isThere) throw new AppError('not-found');
    return showArea(await this.#find(context, id));
  }

  /** Answers the areas that there are. */
  async #check(context: RequestContext, values: AreaValues, id?: string): Promise<Area[]> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const [areas, people] = await Promise.all([tenant.areas.list(), tenant.accessGrants.people()]);
    const others = areas.filter((each) => each.endedAt === null && each.id !== id);
    if (others.some(({ name }) => name === values.name)) throw new AppError('name-taken');
    refuseArea(values, { people, now: this.#parts.clock.now() });
    return areas;
  }

  async #find(context: RequestContext, id: string): Promise<Area> {
    const found = await this.#own(context).get(id);
    if (found === null) throw new AppError('not-found');
    return found;
  }

  #own(context: RequestContext): Areas {
    return this.#parts.database.forTenant(context.tenantId).areas;
  }
}

function valuesOf({
  id: _id,
  createdAt: _made,
  changedAt: _changed,
  endedAt: _ended,
  ...values
}: Area): AreaValues & Readonly<Record<string, unknown>> {
  return values;
}
