import type { PoolClient } from 'pg';
import { tenantId, type TenantId } from '../tenant-id.ts';

/** How much an organisation has stored, and what it may. */
export interface TenantStorage {
  id: TenantId;
  slug: string;
  status: string;
  /** As stored; what is not in it has its default. */
  quotas: unknown;
  /** Bytes of the sealed blocks. */
  storedBytes: number;
}

/** Of every organisation that is not closed, oldest first. */
export async function listTenantStorage(client: PoolClient): Promise<TenantStorage[]> {
  const { rows } = await client.query<TenantStorage>(
    `SELECT t.id, t.slug, t.status, t.quotas, coalesce(l.stored_bytes, 0) AS "storedBytes"
     FROM tenant t LEFT JOIN tenant_log l ON l.tenant_id = t.id
     WHERE t.status <> 'closed'
     ORDER BY t.created_at, t.id`,
  );
  return rows.map((row) => ({ ...row, id: tenantId(row.id) }));
}
