import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

export interface OutdatedSegments {
  /** The newest of them. */
  segments: { tenantId: TenantId; segmentId: string }[];
  /** How many there are. */
  total: number;
}

const outdated = `
  sealed_at IS NOT NULL
  AND (indexed_generation < $1 OR (indexed_at IS NULL AND ingest_node = ''))`;

/** Sealed segments whose documents are of an earlier shape, or that came back from the archive and have none. */
export function findOutdatedSegments(
  run: RunSql,
  { generation, limit }: { generation: number; limit: number },
): Promise<OutdatedSegments> {
  return run(async (client) => {
    const { rows } = await client.query<{ tenantId: string; segmentId: string }>(
      `SELECT tenant_id AS "tenantId", segment_id AS "segmentId" FROM landing_segment
       WHERE ${outdated} ORDER BY segment_id DESC LIMIT $2`,
      [generation, limit],
    );
    const counted = await client.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM landing_segment WHERE ${outdated}`,
      [generation],
    );
    const segments = rows.map(({ tenantId: id, segmentId }) => ({ tenantId: tenantId(id), segmentId }));
    return { segments, total: counted.rows[0]?.total ?? 0 };
  });
}
