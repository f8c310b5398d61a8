import { tenantId, type TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

/** Organisations with documents that are to be made again to stay online for longer. */
export function findOnlineRaises(run: RunSql): Promise<TenantId[]> {
  return run(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'SELECT DISTINCT tenant_id AS id FROM online_raise WHERE done_at IS NULL ORDER BY 1',
    );
    return rows.map(({ id }) => tenantId(id));
  });
}
