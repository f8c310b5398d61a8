import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** The segments of one tenant, retention policy and node that are masked and in no block yet. */
export interface OpenBlockState {
  tenantId: TenantId;
  retentionPolicy: string;
  sealIntervalSeconds: number;
  segments: number;
  /** Of their masked records. */
  bytes: number;
  /** When the first of their records came. */
  oldestAcceptedAt: Date;
}

/** A segment that is sealed while its raw file may still be there. */
export interface SealedSegment {
  tenantId: TenantId;
  segmentId: string;
}

export interface OpenBlocks {
  /** All open blocks of a node. */
  findOpenBlocks(node: string): Promise<OpenBlockState[]>;
  /** Raw segments of a node that a crash kept from being destroyed, longest sealed first. Damaged ones are kept. */
  findUndestroyed(node: string, limit: number): Promise<SealedSegment[]>;
  /** Whether anything was ever taken in, of any organisation; after a moment, where one is given. */
  hasSegments(after?: Date): Promise<boolean>;
}

export function openBlocks(run: RunSql): OpenBlocks {
  return {
    findOpenBlocks: (node) =>
      run(async (client) => {
        const { rows } = await client.query<OpenBlockState>(
          `SELECT o.*, t.seal_interval_seconds AS "sealIntervalSeconds"
           FROM (
             SELECT tenant_id AS "tenantId", retention_policy AS "retentionPolicy", count(*)::int AS segments,
                    sum(masked_bytes)::bigint AS bytes, min(accepted_at) AS "oldestAcceptedAt"
             FROM landing_segment
             WHERE ingest_node = $1 AND masked_at IS NOT NULL AND sealed_at IS NULL
             GROUP BY tenant_id, retention_policy
           ) o JOIN tenant t ON t.id = o."tenantId"`,
          [node],
        );
        return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
      }),
    hasSegments: (after) =>
      run(async (client) => {
        const { rows } = await client.query<{ has: boolean }>(
          'SELECT EXISTS (SELECT 1 FROM landing_segment WHERE accepted_at > $1) AS has',
          [after ?? '-infinity'],
        );
        return rows[0]?.has === true;
      }),
    findUndestroyed: (node, limit) =>
      run(async (client) => {
        const { rows } = await client.query<SealedSegment>(
          `SELECT tenant_id AS "tenantId", segment_id AS "segmentId" FROM landing_segment
           WHERE ingest_node = $1 AND sealed_at IS NOT NULL AND destroyed_at IS NULL AND damaged_bytes = 0
           ORDER BY sealed_at LIMIT $2`,
          [node, limit],
        );
        return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
      }),
  };
}
