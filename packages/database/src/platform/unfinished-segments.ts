import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '../tenant-id.ts';

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

/** The oldest of each tenant, then the second of each, and so on: one with much that is stuck hides nobody else's. */
export function findUnfinishedSegments(
  run: RunSql,
  { olderThanMs, limit }: { olderThanMs: number; limit: number },
): Promise<UnfinishedSegment[]> {
  return run(async (client) => {
    const { rows } = await client.query<UnfinishedSegment>(
      `SELECT tenant_id AS "tenantId", segment_id AS "segmentId", bytes, accepted_at AS "acceptedAt",
              registered_at AS "registeredAt", sealed_at AS "sealedAt", attempts,
              last_attempt_at AS "lastAttemptAt", last_error_code AS "lastErrorCode"
       FROM (
         SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY registered_at, segment_id) AS place
         FROM landing_segment
         WHERE indexed_at IS NULL AND registered_at <= now() - $1 * interval '1 millisecond'
       ) AS unfinished
       ORDER BY place, registered_at, segment_id LIMIT $2`,
      [olderThanMs, limit],
    );
    return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
  });
}
