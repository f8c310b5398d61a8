import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** How much an organisation has stored, and what it may. */
export interface TenantStorage {
  id: TenantId;
  slug: string;
  status: string;
  /** As stored; what is not in it has its default. */
  quotas: unknown;
  /** Bytes of the sealed blocks. */
  storedBytes: number;
  /** What the organisation was told last: `free`, `warned` or `full`. */
  told: string;
}

export interface TenantStorages {
  /** Of every organisation that is not closed, oldest first. */
  listTenantStorage(): Promise<TenantStorage[]>;
  noteStorageTold(id: TenantId, state: string): Promise<void>;
}

export async function listTenantStorage(client: PoolClient): Promise<TenantStorage[]> {
  const { rows } = await client.query<TenantStorage>(
    `SELECT t.id, t.slug, t.status, t.quotas, coalesce(l.stored_bytes, 0) AS "storedBytes", t.storage_told AS told
     FROM tenant t LEFT JOIN tenant_log l ON l.tenant_id = t.id
     WHERE t.status <> 'closed'
     ORDER BY t.created_at, t.id`,
  );
  return rows.map((row) => ({ ...row, id: tenantId(row.id) }));
}

export function tenantStorage(run: RunSql): TenantStorages {
  return {
    listTenantStorage: () => run(listTenantStorage),
    noteStorageTold: (id, state) =>
      run(async (client) => {
        await client.query('UPDATE tenant SET storage_told = $2 WHERE id = $1', [id, state]);
      }),
  };
}
