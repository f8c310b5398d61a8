import { Inject, Injectable } from '@nestjs/common';
import type { SilenceLimitPlace, SilenceLimitRequest } from '@akashi/contracts';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** What people set in the place of a learned rhythm: after how long a stream is silent, or that it ended on purpose. */
@Injectable()
export class SilenceLimitsService {
  readonly #parts: Pick<ApiParts, 'database' | 'clock'>;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async set(context: RequestContext, limit: SilenceLimitRequest): Promise<void> {
    const { silenceLimits } = this.#parts.database.forTenant(context.tenantId);
    const { logGroup, logStream = null, kind, reason } = limit;
    const minutes = limit.kind === 'minutes' ? limit.minutes : null;
    const before = (await silenceLimits.list()).find(
      (each) => each.logGroup === logGroup && each.logStream === logStream,
    );
    const stored = { logGroup, logStream, kind, minutes, reason, setBy: context.actor.name };
    await silenceLimits.put({ ...stored, setAt: this.#parts.clock.now() }, () =>
      this.#trail.record(context, {
        action: 'silence-limit.set',
        outcome: 'success',
        target: targetOf({ logGroup, logStream }),
        ...(before === undefined
          ? {}
          : {
              before: {
                kind: before.kind,
                ...(before.minutes === null ? {} : { minutes: before.minutes }),
                reason: before.reason,
              },
            }),
        after: { kind, ...(minutes === null ? {} : { minutes }), reason },
      }),
    );
  }

  async remove(context: RequestContext, place: SilenceLimitPlace): Promise<void> {
    const { logGroup, logStream = null } = place;
    const { silenceLimits } = this.#parts.database.forTenant(context.tenantId);
    const at = this.#parts.clock.now();
    const isRemoved = await silenceLimits.remove({ logGroup, logStream, at }, () =>
      this.#trail.record(context, {
        action: 'silence-limit.remove',
        outcome: 'success',
        target: targetOf({ logGroup, logStream }),
      }),
    );
    if (!isRemoved) throw new AppError('not-found');
  }
}

function targetOf({ logGroup, logStream }: { logGroup: string; logStream: string | null }): {
  kind: string;
  name: string;
} {
  return logStream === null
    ? { kind: 'log-group', name: logGroup }
    : { kind: 'log-stream', name: `${logGroup} ${logStream}` };
}
