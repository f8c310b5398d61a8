import type { Database, TenantId } from '@akashi/database';
import { effectiveQuotas, storageState, type StorageState } from '@akashi/policy';
import type { Logger } from '@akashi/server-kit';
import type { AuditTrail } from '../audit-trail/audit-trail.ts';

const everyMs = 60_000;
const actor = { kind: 'system', id: 'akashi', name: 'Akashi' } as const;

export interface StorageWatchParts {
  readonly database: Pick<Database, 'platform'>;
  readonly auditTrail: Pick<AuditTrail, 'record'>;
  readonly logger: Logger;
}

/** Tells an organisation in its trail when its storage comes to 80 % of the quota, and when it is used up. */
export class StorageWatch {
  readonly #parts: StorageWatchParts;
  readonly #told = new Map<TenantId, StorageState>();
  #timer: NodeJS.Timeout | undefined;
  #looking = Promise.resolve();

  constructor(parts: StorageWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.look().catch((error: unknown) => {
        this.#parts.logger.warn({ err: error }, 'The storage of the organisations could not be looked at.');
      });
    }, everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Told once for each step up, and again after it was down. */
  async look(): Promise<void> {
    for (const { id, slug, storedBytes, quotas, status } of await this.#parts.database.platform.tenantOverviews()) {
      const { storageBytes } = effectiveQuotas(quotas);
      const state = storageState(storedBytes, { storageBytes });
      if (status === 'closed' || state === (this.#told.get(id) ?? 'free')) continue;
      if (state !== 'free') {
        await this.#parts.auditTrail.record(
          { tenantId: id, actor, address: 'akashi-api' },
          {
            action: state === 'full' ? 'quota.full' : 'quota.warning',
            outcome: state === 'full' ? 'failure' : 'success',
            target: { kind: 'tenant', id, name: slug },
            details: { storedBytes, storageBytes: storageBytes ?? undefined },
          },
        );
      }
      this.#told.set(id, state);
    }
  }
}
