import { tenantId, type TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

/** Organisations with hosts whose clocks are known. */
export function findTenantsWithHostTimes(run: RunSql): Promise<TenantId[]> {
  return run(async (client) => {
    const sql = 'SELECT DISTINCT tenant_id AS "tenantId" FROM host_time ORDER BY tenant_id';
    return (await client.query<{ tenantId: string }>(sql)).rows.map((row) => tenantId(row.tenantId));
  });
}
