import type { PoolClient } from 'pg';

/**
 * Held until the transaction ends. A change of keeping and a disposal take it alone; a sealing takes it `shared` before it
 * looks at the policies, so that a block is either seen by the change or sees it.
 */
export async function lockKeeping(client: PoolClient, tenantId: string, mode: 'alone' | 'shared'): Promise<void> {
  const lock = mode === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await client.query(`SELECT ${lock}(hashtextextended('keeping ' || $1::text, 0))`, [tenantId]);
}

/** By their log groups, or by its number. */
export type BlocksToKeep = { readonly logGroups: readonly string[] } | { readonly block: number };

/**
 * Keeps blocks until the last of their records is past what the policy of its log group says now, where that is later than
 * what they are kept until: a raise acts on everything that exists, a lowering on nothing. Call it under `lockKeeping`.
 */
export async function keepByPolicies(client: PoolClient, tenantId: string, blocks: BlocksToKeep): Promise<number> {
  const [condition, value] =
    'block' in blocks ? ['l.block_number = $2', blocks.block] : ['l.log_group = ANY ($2::text[])', blocks.logGroups];
  // Days of 24 hours, whatever the session's zone.
  const { rowCount } = await client.query(
    `UPDATE block b SET kept_until = needed.until
     FROM (
       SELECT l.block_number AS number,
         CASE WHEN bool_and(p.kept_days IS NOT NULL)
              THEN max(timestamptz 'epoch' + l.last_received_us * interval '1 microsecond' + p.kept_days * interval '24 hours')
         END AS until
       FROM block_log_group l
       JOIN log_group g ON g.tenant_id = l.tenant_id AND g.name = l.log_group
       JOIN retention_policy p ON p.tenant_id = g.tenant_id AND p.name = g.retention_policy
       WHERE l.tenant_id = $1 AND ${condition}
       GROUP BY l.block_number) needed
     WHERE b.tenant_id = $1 AND b.number = needed.number AND b.object_key IS NOT NULL AND b.removed_at IS NULL
       AND coalesce(needed.until, 'infinity') > coalesce(b.kept_until, 'infinity')`,
    [tenantId, value],
  );
  return rowCount ?? 0;
}
