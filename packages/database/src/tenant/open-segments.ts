import type { RunSql } from '../scoped-transaction.ts';

/** A masked segment that is in no block yet. */
export interface OpenSegment {
  segmentId: string;
  /** Of its masked records. */
  maskedBytes: number;
  /** What masked them; null for one of a release that did not note it. */
  maskingVersion: string | null;
  acceptedAt: Date;
}

export interface MaskingNote {
  maskedBytes: number;
  maskingVersion: string;
  /** Raw bytes that could not be read. */
  damagedBytes: number;
}

/** The open blocks of one tenant: what is masked and not sealed. Every mark may be set again; the first time stays. */
export interface OpenSegments {
  /** In the order of their ids, which is the order in which they were opened. */
  list(block: { node: string; retentionPolicy: string }): Promise<OpenSegment[]>;
  /**
   * The segment joins its open block. Documents of one that another version had masked are outdated from now on: their
   * records may differ from those that will be sealed.
   */
  markMasked(segmentId: string, note: MaskingNote): Promise<void>;
  /** The segments are in an archived object that the log does not name yet. */
  markArchived(segmentIds: readonly string[]): Promise<void>;
  /** Their raw files are gone, durably. */
  markDestroyed(segmentIds: readonly string[]): Promise<void>;
}

export function openSegments(run: RunSql, tenantId: string): OpenSegments {
  const mark = (column: 'archived_at' | 'destroyed_at', segmentIds: readonly string[]): Promise<void> =>
    run(async (client) => {
      await client.query(
        `UPDATE landing_segment SET ${column} = coalesce(${column}, akashi_now()) WHERE tenant_id = $1 AND segment_id = ANY ($2)`,
        [tenantId, segmentIds],
      );
    });
  return {
    list: ({ node, retentionPolicy }) =>
      run(async (client) => {
        const { rows } = await client.query<OpenSegment>(
          `SELECT segment_id AS "segmentId", masked_bytes AS "maskedBytes", masking_version AS "maskingVersion",
                  accepted_at AS "acceptedAt"
           FROM landing_segment
           WHERE tenant_id = $1 AND ingest_node = $2 AND retention_policy = $3
             AND masked_at IS NOT NULL AND sealed_at IS NULL
           ORDER BY segment_id`,
          [tenantId, node, retentionPolicy],
        );
        return rows;
      }),
    markMasked: (segmentId, { maskedBytes, maskingVersion, damagedBytes }) =>
      run(async (client) => {
        await client.query(
          `UPDATE landing_segment SET masked_at = coalesce(masked_at, akashi_now()), masked_bytes = $3, masking_version = $4,
             damaged_bytes = $5,
             documents_sha256 = CASE WHEN coalesce(masking_version, $4) = $4 THEN documents_sha256 END
           WHERE tenant_id = $1 AND segment_id = $2 AND sealed_at IS NULL`,
          [tenantId, segmentId, maskedBytes, maskingVersion, damagedBytes],
        );
      }),
    markArchived: (segmentIds) => mark('archived_at', segmentIds),
    markDestroyed: (segmentIds) => mark('destroyed_at', segmentIds),
  };
}
