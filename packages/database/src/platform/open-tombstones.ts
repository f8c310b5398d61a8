import type { TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

export interface OpenTombstones {
  /** Of which organisations a tombstone is not completed. */
  findOpenTombstones(): Promise<TenantId[]>;
}

export function openTombstones(run: RunSql): OpenTombstones {
  return {
    findOpenTombstones: () =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: TenantId }>(
          'SELECT DISTINCT tenant_id AS "tenantId" FROM tombstone WHERE completed_at IS NULL ORDER BY 1',
        );
        return rows.map(({ tenantId }) => tenantId);
      }),
  };
}
