import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** What of one tenant waits too long for a step: `index` to be searchable, `seal` to be in a sealed block. */
export interface LateSegments {
  tenantId: TenantId;
  step: 'index' | 'seal';
  segments: number;
  oldestAcceptedAt: Date;
  /** Why the newest attempt at the oldest one stopped; null when there was none or it did not. */
  lastErrorCode: string | null;
}

const lateStatement = `
  SELECT tenant_id AS "tenantId", 'index' AS step, count(*) AS segments, min(accepted_at) AS "oldestAcceptedAt",
         (array_agg(last_error_code ORDER BY accepted_at))[1] AS "lastErrorCode"
  FROM landing_segment WHERE indexed_at IS NULL AND accepted_at < $1 GROUP BY tenant_id
  UNION ALL
  SELECT tenant_id, 'seal', count(*), min(accepted_at), (array_agg(last_error_code ORDER BY accepted_at))[1]
  FROM landing_segment WHERE sealed_at IS NULL AND accepted_at < $2 GROUP BY tenant_id`;

/** Of all tenants at once: those of which nothing is late cost nothing. */
export function findLateSegments(
  run: RunSql,
  { indexedBefore, sealedBefore }: { indexedBefore: Date; sealedBefore: Date },
): Promise<LateSegments[]> {
  return run(async (client) => {
    const { rows } = await client.query<LateSegments>(lateStatement, [indexedBefore, sealedBefore]);
    return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
  });
}
