import { Inject, Injectable } from '@nestjs/common';
import { keepCheckpoint } from '@akashi/archive';
import type { CheckpointSendingAnswer, CheckpointSendingsAnswer, NewCheckpointSending } from '@akashi/contracts';
import type { CheckpointSending, CheckpointWayKind } from '@akashi/database';
import { withInstallationAuthority } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Parts = Pick<ApiParts, 'database' | 'archive' | 'clock' | 'timeStampUrl'>;

@Injectable()
export class CheckpointSendingsService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext, limit: number): Promise<CheckpointSendingsAnswer> {
    const found = await this.#parts.database.forTenant(context.tenantId).checkpointSendings.list(limit);
    return { items: found.map(showSending) };
  }

  /** Has the newest proven checkpoint leave now; the worker sends it. On record before, as it leaves the installation. */
  async send(context: RequestContext, { ways: wanted }: NewCheckpointSending): Promise<CheckpointSendingsAnswer> {
    const { database, archive, clock, timeStampUrl } = this.#parts;
    const tenant = database.forTenant(context.tenantId);
    const held = await tenant.heldCheckpoints.get();
    if (held === null) throw new AppError('conflict', { reason: 'nothing-proven' });
    const all = withInstallationAuthority(await tenant.checkpointWays.list(), timeStampUrl);
    const chosen = wanted === undefined ? all : all.filter(({ id }) => wanted.includes(id));
    if (wanted !== undefined && chosen.length < new Set(wanted).size) throw new AppError('not-found');
    const { size, note, provenAt } = held;
    await keepCheckpoint(archive.forTenant(context.tenantId), note);
    const createdAt = clock.now();
    const askedBy = context.actor.name;
    const sendings = chosen.map(({ id, kind, name, target }) => ({
      wayId: id,
      kind: kind as CheckpointWayKind,
      name,
      target,
      size,
      note,
      provenAt,
      period: null,
      askedBy,
      createdAt,
    }));
    const planned = await tenant.checkpointSendings.plan(sendings, () =>
      this.#trail.record(context, {
        action: 'checkpoint-sending.create',
        outcome: 'success',
        target: { kind: 'checkpoint', id: String(size) },
        count: sendings.length,
        details: { ways: sendings.map(({ name }) => name) },
      }),
    );
    return { items: (await tenant.checkpointSendings.load(planned)).map(showSending) };
  }
}

function showSending(sending: CheckpointSending): CheckpointSendingAnswer {
  const { id, wayId, kind, name, target, size, note, provenAt, period, askedBy, createdAt, outcome } = sending;
  const { attempts, error, finishedAt, receivers, stampedAt, authority } = sending;
  return {
    id,
    wayId,
    kind,
    name,
    target,
    treeSize: size,
    note,
    provenAt: provenAt.toISOString(),
    ...(period === null ? {} : { day: period }),
    ...(askedBy === null ? {} : { askedBy }),
    createdAt: createdAt.toISOString(),
    state: outcome ?? 'waiting',
    attempts,
    ...(error === null ? {} : { error }),
    ...(finishedAt === null ? {} : { finishedAt: finishedAt.toISOString() }),
    receivers,
    ...(stampedAt === null || authority === null ? {} : { timeStamp: { at: stampedAt.toISOString(), authority } }),
  };
}
