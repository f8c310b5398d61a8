import { Inject, Injectable } from '@nestjs/common';
import type {
  CheckpointWayAnswer,
  CheckpointWayChange,
  CheckpointWaysAnswer,
  CreatedCheckpointWay,
  NewCheckpointWay,
} from '@akashi/contracts';
import type { CheckpointWay } from '@akashi/database';
import { refuseAddress } from '@akashi/identity';
import { certificatesOf } from '@akashi/integrity/timestamp';
import { newWebhookSecret } from '@akashi/notify';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** More than anybody needs, the contacts among them. */
const mostWays = 20;

type Parts = Pick<ApiParts, 'database' | 'keyring' | 'webhookNetworks' | 'clock'>;

@Injectable()
export class CheckpointWaysService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<CheckpointWaysAnswer> {
    return { items: (await this.#own(context).list()).map(showWay) };
  }

  async create(context: RequestContext, wanted: NewCheckpointWay): Promise<CreatedCheckpointWay> {
    const { kind, name, target, cadence } = wanted;
    const { webhookNetworks: allowedNetworks, keyring, clock } = this.#parts;
    if (refuseAddress(new URL(target), { allowedNetworks }) !== null) throw new AppError('address-refused');
    if (kind === 'time-stamp' && certificatesOf(wanted.certificate).length === 0) {
      throw new AppError('conflict', { reason: 'no-certificate' });
    }
    if ((await this.#own(context).list()).length >= mostWays) {
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostWays } });
    }
    const secret = secretOf(wanted);
    const details = detailsOf(wanted);
    const { secrets } = keyring.forTenant(context.tenantId);
    const seal = (id: string): Buffer | null =>
      secret === null ? null : secrets.seal({ purpose: 'checkpoint-way', id }, secret);
    const created = await this.#own(context).create(
      { kind, name, target, cadence, details, createdBy: context.actor.name, createdAt: clock.now(), seal },
      () =>
        this.#trail.record(context, {
          action: 'checkpoint-way.create',
          outcome: 'success',
          target: { kind: 'checkpoint-way', name },
          after: { kind, target, cadence, ...details },
        }),
    );
    return { ...showWay(created), ...(kind === 'webhook' && secret !== null ? { secret } : {}) };
  }

  async change(context: RequestContext, id: string, change: CheckpointWayChange): Promise<CheckpointWayAnswer> {
    const found = await this.#find(context, id);
    await this.#own(context).change({ id, ...change }, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'checkpoint-way.change',
        outcome: 'success',
        target: targetOf(found),
        before: { name: found.name, cadence: found.cadence },
        after: { ...change },
      }),
    );
    return showWay(await this.#find(context, id));
  }

  async remove(context: RequestContext, id: string): Promise<void> {
    const found = await this.#find(context, id);
    // That of the contacts is set to by-hand, so that nobody wonders where it went.
    if (found.kind === 'contacts') throw new AppError('conflict', { reason: 'contacts' });
    await this.#own(context).remove(id, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'checkpoint-way.remove',
        outcome: 'success',
        target: targetOf(found),
        before: { kind: found.kind, target: found.target },
      }),
    );
  }

  async #find(context: RequestContext, id: string): Promise<CheckpointWay> {
    const found = (await this.#own(context).list()).find((way) => way.id === id);
    if (found === undefined) throw new AppError('not-found');
    return found;
  }

  #own(context: RequestContext) {
    return this.#parts.database.forTenant(context.tenantId).checkpointWays;
  }
}

function secretOf(wanted: NewCheckpointWay): string | null {
  if (wanted.kind === 'webhook') return newWebhookSecret();
  return wanted.kind === 'bucket' ? wanted.secretAccessKey : null;
}

function detailsOf(wanted: NewCheckpointWay): Record<string, string> {
  if (wanted.kind === 'time-stamp') return { certificate: wanted.certificate };
  if (wanted.kind === 'webhook') return {};
  const { region, bucket, prefix, accessKeyId } = wanted;
  return { region, bucket, prefix, accessKeyId };
}

function targetOf({ id, name }: CheckpointWay): { kind: string; id: string; name: string } {
  return { kind: 'checkpoint-way', id, name };
}

function showWay({
  id,
  kind,
  name,
  target,
  cadence,
  details,
  createdBy,
  createdAt,
}: CheckpointWay): CheckpointWayAnswer {
  const { region = '', bucket = '', prefix = '', accessKeyId = '', certificate } = details;
  return {
    id,
    kind,
    name,
    target,
    cadence,
    ...(kind === 'bucket' ? { bucket: { region, bucket, prefix, accessKeyId } } : {}),
    ...(certificate === undefined ? {} : { certificate }),
    ...(createdBy === null ? {} : { createdBy }),
    ...(createdAt === null ? {} : { createdAt: createdAt.toISOString() }),
  };
}
