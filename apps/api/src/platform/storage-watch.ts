import type { Database, TenantId } from '@akashi/database';
import { effectiveQuotas, storageState, type StorageState } from '@akashi/policy';
import type { AuditTrail } from '../audit-trail/audit-trail.ts';

const actor = { kind: 'system', id: 'akashi', name: 'Akashi' } as const;

export interface StorageWatchParts {
  readonly database: { readonly platform: Pick<Database['platform'], 'listTenantStorage'> };
  readonly auditTrail: Pick<AuditTrail, 'record'>;
}

/** Tells an organisation in its trail when its storage comes to 80 % of the quota, and when it is used up. */
export class StorageWatch {
  readonly #parts: StorageWatchParts;
  readonly #told = new Map<TenantId, StorageState>();

  constructor(parts: StorageWatchParts) {
    this.#parts = parts;
  }

  /** Told once for each step up, and again after it was down. */
  async look(): Promise<void> {
    for (const { id, slug, storedBytes, quotas } of await this.#parts.database.platform.listTenantStorage()) {
      const { storageBytes } = effectiveQuotas(quotas);
      const state = storageState(storedBytes, { storageBytes });
      if (state === (this.#told.get(id) ?? 'free')) continue;
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
