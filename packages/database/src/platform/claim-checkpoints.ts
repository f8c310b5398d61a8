import { tenantId, type TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

export interface ClaimedCheckpoint {
  tenantId: TenantId;
  id: string;
}

export function claimCheckpoints(
  run: RunSql,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<ClaimedCheckpoint[]> {
  return run(async (client) => {
    const { rows } = await client.query<ClaimedCheckpoint>(
      `UPDATE checkpoint_sending SET claimed_until = $2, attempts = attempts + 1
       WHERE id IN (
         SELECT id FROM checkpoint_sending
         WHERE outcome IS NULL AND due_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
         ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING tenant_id AS "tenantId", id`,
      [now, until, limit],
    );
    return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
  });
}
