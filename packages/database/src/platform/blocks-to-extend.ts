import type { TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

export interface TenantsToExtend {
  /** Whose blocks are kept longer than the archive's own dates say. */
  findToExtend(): Promise<TenantId[]>;
  /** Distinct numbers of days online of all policies, ascending. */
  onlineDaysInUse(): Promise<number[]>;
}

export function tenantsToExtend(run: RunSql): TenantsToExtend {
  return {
    findToExtend: () =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: TenantId }>(
          `SELECT DISTINCT tenant_id AS "tenantId" FROM block
           WHERE kept_until IS DISTINCT FROM archive_kept_until AND object_key IS NOT NULL ORDER BY 1`,
        );
        return rows.map(({ tenantId }) => tenantId);
      }),
    onlineDaysInUse: () =>
      run(async (client) => {
        const { rows } = await client.query<{ days: number }>(
          'SELECT DISTINCT online_days AS days FROM retention_policy ORDER BY 1',
        );
        return rows.map(({ days }) => days);
      }),
  };
}
