import type { AuditSender } from '@akashi/client';
import type { Database } from '@akashi/database';
import { effectiveQuotas, storageState } from '@akashi/policy';

export interface StorageWatchParts {
  readonly database: { readonly platform: Pick<Database['platform'], 'listTenantStorage' | 'noteStorageTold'> };
  readonly trail: Pick<AuditSender, 'record'>;
}

/**
 * Tells an organisation in its trail when its storage comes to 80 % of the quota, and when it is used up: once for each step
 * up, and again after it was down. One query for all organisations.
 */
export async function watchStorage({ database, trail }: StorageWatchParts): Promise<void> {
  const { platform } = database;
  for (const { id, slug, storedBytes, quotas, told } of await platform.listTenantStorage()) {
    const { storageBytes } = effectiveQuotas(quotas);
    const state = storageState(storedBytes, { storageBytes });
    if (state === told) continue;
    if (state !== 'free') {
      await trail.record({
        tenantId: id,
        actor: { kind: 'system', id: 'akashi', name: 'Akashi' },
        origin: { address: 'worker' },
        event: {
          action: state === 'full' ? 'quota.full' : 'quota.warning',
          outcome: state === 'full' ? 'failure' : 'success',
          target: { kind: 'tenant', id, name: slug },
          details: { storedBytes, storageBytes: storageBytes ?? undefined },
        },
      });
    }
    await platform.noteStorageTold(id, state);
  }
}
