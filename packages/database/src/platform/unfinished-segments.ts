import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** A closed segment that is not indexed yet, whatever became of its job. */
export interface UnfinishedSegment {
  tenantId: TenantId;
  segmentId: string;
  bytes: number;
  acceptedAt: Date;
  registeredAt: Date;
  sealedAt: Date | null;
  attempts: number;
  lastAttemptAt: Date | null;
  lastErrorCode: string | null;
}

/** Of one node. The oldest of each tenant, then the second of each, and so on: one with much that is stuck hides nobody else's. */
export function findUnfinishedSegments(
  run: RunSql,
  { node, olderThanMs, limit }: { node: string; olderThanMs: number; limit: number },
): Promise<UnfinishedSegment[]> {
  return run(async (client) => {
    const { rows } = await client.query<UnfinishedSegment>(
      `SELECT tenant_id AS "tenantId", segment_id AS "segmentId", bytes, accepted_at AS "acceptedAt",
              registered_at AS "registeredAt", sealed_at AS "sealedAt", attempts,
              last_attempt_at AS "lastAttemptAt", last_error_code AS "lastErrorCode"
       FROM (
         SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY registered_at, segment_id) AS place
         FROM landing_segment
         WHERE ingest_node = $3 AND indexed_at IS NULL AND registered_at <= akashi_now() - $1 * interval '1 millisecond'
       ) AS unfinished
       ORDER BY place, registered_at, segment_id LIMIT $2`,
      [olderThanMs, limit, node],
    );
    return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
  });
}

/** A node whose segments wait: its worker is gone, or cannot keep up. */
export interface LateNode {
  node: string;
  segments: number;
  /** When the first of their records came. */
  oldestAcceptedAt: Date;
}

/** The nodes with segments that came before the given time and are not searchable, or in no block yet. */
export function findLateNodes(run: RunSql, before: Date): Promise<LateNode[]> {
  return run(async (client) => {
    const { rows } = await client.query<LateNode>(
      `SELECT ingest_node AS node, count(*)::int AS segments, min(accepted_at) AS "oldestAcceptedAt"
       FROM (
         SELECT ingest_node, accepted_at FROM landing_segment WHERE indexed_at IS NULL
         UNION ALL
         SELECT ingest_node, accepted_at FROM landing_segment
         WHERE masked_at IS NOT NULL AND sealed_at IS NULL AND indexed_at IS NOT NULL
       ) AS waiting
       WHERE accepted_at < $1 GROUP BY ingest_node ORDER BY ingest_node`,
      [before],
    );
    return rows;
  });
}
