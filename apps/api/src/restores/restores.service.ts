import { Inject, Injectable } from '@nestjs/common';
import type { NewRestore, RestoreAnswer, RestoreEstimate, RestoresAnswer } from '@akashi/contracts';
import { newUnmaskedId, type Restore, type Restores } from '@akashi/database';
import { mostRestoredSets } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { chooseRestore, type ChosenRestore } from './chosen-extent.ts';
import { seesRestore, showEstimate, showRestore } from './show-restore.ts';

type Parts = Pick<ApiParts, 'database' | 'clock'>;

/** Restored sets: asked for here, made by a worker. */
@Injectable()
export class RestoresService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<RestoresAnswer> {
    const own = this.#own(context);
    const now = this.#parts.clock.now();
    const [found, standing] = await Promise.all([own.list(), own.countStanding()]);
    const items = found.filter((each) => seesRestore(context, each)).map((each) => showRestore(context, each, now));
    return { items, standing, limit: mostRestoredSets };
  }

  async get(context: RequestContext, id: string): Promise<RestoreAnswer> {
    return showRestore(context, await this.#find(context, id), this.#parts.clock.now());
  }

  async estimate(context: RequestContext, wanted: NewRestore): Promise<RestoreEstimate> {
    const chosen = await this.#choose(context, wanted);
    await this.#trail.record(context, {
      action: 'restore.estimate',
      outcome: 'success',
      target: { kind: 'log-group', name: nameOf(chosen.extent.logGroups) },
      ...periodOf(chosen),
      details: { records: chosen.amounts.records },
    });
    return showEstimate(chosen);
  }

  /** Waits for a worker; what it comes to is on record before it is there. */
  async start(context: RequestContext, wanted: NewRestore): Promise<RestoreAnswer> {
    const chosen = await this.#choose(context, wanted);
    if (chosen.refusal !== null) throw new AppError(chosen.refusal, { params: { records: chosen.amounts.records } });
    const { actor } = context;
    const restore = {
      id: newUnmaskedId(),
      kind: 'by-hand',
      ...chosen.extent,
      amounts: chosen.amounts,
      estimateSeconds: chosen.estimateSeconds,
      requestedBy: { id: actor.kind === 'user' ? actor.id : null, name: actor.name },
      at: this.#parts.clock.now(),
    } as const;
    const beforeCommit = (): Promise<void> =>
      this.#trail.record(context, {
        action: 'restore.start',
        outcome: 'success',
        target: { kind: 'restore', id: restore.id, name: nameOf(chosen.extent.logGroups) },
        ...periodOf(chosen),
        logGroups: [...chosen.extent.logGroups].slice(0, mostNamed),
        details: { records: chosen.amounts.records, bytes: chosen.amounts.bytes },
      });
    const isAdded = await this.#own(context).add(restore, { limit: mostRestoredSets, beforeCommit });
    if (!isAdded) throw new AppError('restore-limit');
    return this.get(context, restore.id);
  }

  /** What is under way is made no further; what was made of it goes. */
  async cancel(context: RequestContext, id: string): Promise<RestoreAnswer> {
    return this.#end(context, id, 'restore.cancel');
  }

  /** A set that is no longer needed goes before its time. */
  async end(context: RequestContext, id: string): Promise<RestoreAnswer> {
    return this.#end(context, id, 'restore.end');
  }

  async #end(context: RequestContext, id: string, action: 'restore.cancel' | 'restore.end'): Promise<RestoreAnswer> {
    const restore = await this.#find(context, id);
    if (restore.kind !== 'by-hand') throw new AppError('conflict', { reason: 'restore-of-duty' });
    const by = { name: context.actor.name, at: this.#parts.clock.now() };
    const own = this.#own(context);
    const record = (): Promise<void> =>
      this.#trail.record(context, {
        action,
        outcome: 'success',
        target: { kind: 'restore', id, name: nameOf(restore.logGroups) },
        from: restore.from.toISOString(),
        to: restore.to.toISOString(),
      });
    const isEnded = action === 'restore.cancel' ? await own.cancel(id, by, record) : await own.end(id, by, record);
    if (!isEnded)
      throw new AppError('conflict', { reason: action === 'restore.cancel' ? 'restore-over' : 'restore-not-standing' });
    return this.get(context, id);
  }

  #choose(context: RequestContext, wanted: NewRestore): Promise<ChosenRestore> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    return chooseRestore(context, { tenant, wanted, now: this.#parts.clock.now() });
  }

  async #find(context: RequestContext, id: string): Promise<Restore> {
    const restore = await this.#own(context).get(id);
    if (restore === null || !seesRestore(context, restore)) throw new AppError('not-found');
    return restore;
  }

  #own({ tenantId }: RequestContext): Restores {
    return this.#parts.database.forTenant(tenantId).restores;
  }
}

const mostNamed = 200;

function nameOf(logGroups: readonly string[]): string {
  const joined = logGroups.join(', ');
  return joined.length <= 512 ? joined : `${logGroups.length} log groups`;
}

function periodOf({ extent }: ChosenRestore): { from: string; to: string } {
  return { from: extent.from.toISOString(), to: extent.to.toISOString() };
}
