import type { RunSql } from '../scoped-transaction.ts';
import { finishIndexed, type FinishedSegment } from './finish-indexed.ts';

export interface LandingSegment {
  segmentId: string;
  ingestNode: string;
  retentionPolicy: string;
  records: number;
  bytes: number;
  acceptedAt: Date;
  registeredAt: Date;
  maskedAt: Date | null;
  archivedAt: Date | null;
  sealedAt: Date | null;
  normalizedAt: Date | null;
  indexedAt: Date | null;
  /** When the raw segment was destroyed; a damaged one is kept. */
  destroyedAt: Date | null;
  blockNumber: number | null;
  firstLeaf: number;
  indexedGeneration: number | null;
  attempts: number;
  lastAttemptAt: Date | null;
  lastErrorCode: string | null;
}

/** Where the records of a segment stand in the log: the record at a position is leaf `firstLeaf + position` of its block. */
export interface SegmentPlace {
  segmentId: string;
  /** Null while the segment is in no block. */
  block: number | null;
  firstLeaf: number;
  archivedAt: Date | null;
  sealedAt: Date | null;
}

export interface SegmentNode {
  node: string;
  newestAcceptedAt: Date;
  rawSegments: number;
}

export interface NewSegment {
  segmentId: string;
  ingestNode: string;
  retentionPolicy: string;
  records: number;
  bytes: number;
  acceptedAt: Date;
}

/**
 * The ledger of closed landing segments: the guarantee that every one of them is worked off. Every mark may be set
 * again; the first time stays.
 */
export interface Segments {
  /**
   * Answers whether the row is new. Registering again changes nothing but the node, for an inbox whose node has another
   * name than before.
   */
  register(segment: NewSegment): Promise<{ created: boolean }>;
  get(segmentId: string): Promise<LandingSegment | null>;
  /** Places of those of the segments that the ledger knows. */
  places(segmentIds: readonly string[]): Promise<SegmentPlace[]>;
  /** The segment and position that a leaf of a block holds; null when no segment is known to be there. */
  blockOf(block: number, leaf: number): Promise<{ segmentId: string; position: number } | null>;
  /** Bytes of this tenant's segments that are not searchable yet. */
  waitingBytes(): Promise<number>;
  /** When the first record came of what is not searchable yet, of what came before the given moment; null: all of it is. */
  oldestUnindexed(before: Date): Promise<Date | null>;
  /** What came in the period (`to` not included) and could be searched only after the given moment. */
  indexedAfter(period: { from: Date; to: Date; after: Date }): Promise<{ segmentId: string; indexedAt: Date }[]>;
  /** Nodes that took segments in since the moment, the newest of each, and how many of them are still raw. */
  nodesSince(moment: Date): Promise<SegmentNode[]>;
  markNormalized(segmentId: string): Promise<void>;
  markIndexed(segmentId: string): Promise<void>;
  /** Counts the beginning of one attempt; answers how many there were, this one included. */
  countAttempt(segmentId: string): Promise<number>;
  /** Notes why the last attempt stopped. The segment stays unfinished. */
  fail(segmentId: string, code: string): Promise<void>;
  /** Marks the segment indexed and adds to the catalogue's counts, all once however often it is called. */
  finishIndexed(finished: FinishedSegment): Promise<{ counted: boolean }>;
}

const columns = `
  segment_id AS "segmentId", ingest_node AS "ingestNode", retention_policy AS "retentionPolicy", records, bytes, accepted_at AS "acceptedAt",
  registered_at AS "registeredAt", masked_at AS "maskedAt", archived_at AS "archivedAt", sealed_at AS "sealedAt",
  normalized_at AS "normalizedAt", indexed_at AS "indexedAt", destroyed_at AS "destroyedAt", block_number AS "blockNumber",
  first_leaf AS "firstLeaf", indexed_generation AS "indexedGeneration", attempts,
  last_attempt_at AS "lastAttemptAt", last_error_code AS "lastErrorCode"`;

export function segments(run: RunSql, tenantId: string): Segments {
  const update = (assignments: string, values: unknown[]): Promise<void> =>
    run(async (client) => {
      await client.query(`UPDATE landing_segment SET ${assignments} WHERE tenant_id = $1 AND segment_id = $2`, [
        tenantId,
        ...values,
      ]);
    });
  return {
    register: (segment) =>
      run(async (client) => {
        const { rows } = await client.query<{ created: boolean }>(
          `INSERT INTO landing_segment (tenant_id, segment_id, ingest_node, retention_policy, records, bytes, accepted_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (tenant_id, segment_id) DO UPDATE SET ingest_node = excluded.ingest_node
             WHERE landing_segment.ingest_node <> excluded.ingest_node
           RETURNING xmax = 0 AS created`,
          [
            tenantId,
            segment.segmentId,
            segment.ingestNode,
            segment.retentionPolicy,
            segment.records,
            segment.bytes,
            segment.acceptedAt,
          ],
        );
        return { created: rows[0]?.created === true };
      }),
    waitingBytes: () =>
      run(async (client) => {
        const { rows } = await client.query<{ bytes: number }>(
          `SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM landing_segment
           WHERE tenant_id = $1 AND indexed_at IS NULL`,
          [tenantId],
        );
        return rows[0]?.bytes ?? 0;
      }),
    get: (segmentId) =>
      run(async (client) => {
        const { rows } = await client.query<LandingSegment>(
          `SELECT ${columns} FROM landing_segment WHERE tenant_id = $1 AND segment_id = $2`,
          [tenantId, segmentId],
        );
        return rows[0] ?? null;
      }),
    places: (segmentIds) =>
      run(async (client) => {
        const { rows } = await client.query<SegmentPlace>(
          `SELECT segment_id AS "segmentId", block_number AS block, first_leaf AS "firstLeaf",
                  archived_at AS "archivedAt", sealed_at AS "sealedAt"
           FROM landing_segment WHERE tenant_id = $1 AND segment_id = ANY ($2)`,
          [tenantId, segmentIds],
        );
        return rows;
      }),
    blockOf: (block, leaf) =>
      run(async (client) => {
        const { rows } = await client.query<{ segmentId: string; position: number }>(
          `SELECT segment_id AS "segmentId", $3::int - first_leaf AS position FROM landing_segment
           WHERE tenant_id = $1 AND block_number = $2 AND first_leaf <= $3 ORDER BY first_leaf DESC LIMIT 1`,
          [tenantId, block, leaf],
        );
        return rows[0] ?? null;
      }),
    oldestUnindexed: (before) =>
      run(async (client) => {
        const { rows } = await client.query<{ oldest: Date | null }>(
          `SELECT min(accepted_at) AS oldest FROM landing_segment
           WHERE tenant_id = $1 AND indexed_at IS NULL AND accepted_at < $2`,
          [tenantId, before],
        );
        return rows[0]?.oldest ?? null;
      }),
    indexedAfter: ({ from, to, after }) =>
      run(async (client) => {
        const { rows } = await client.query<{ segmentId: string; indexedAt: Date }>(
          `SELECT segment_id AS "segmentId", indexed_at AS "indexedAt" FROM landing_segment
           WHERE tenant_id = $1 AND accepted_at >= $2::timestamptz - interval '10 minutes' AND accepted_at < $3
             AND indexed_at > $4
           ORDER BY indexed_at, segment_id`,
          [tenantId, from, to, after],
        );
        return rows;
      }),
    nodesSince: (moment) =>
      run(async (client) => {
        const { rows } = await client.query<SegmentNode>(
          `SELECT ingest_node AS node, max(accepted_at) AS "newestAcceptedAt",
             (count(*) FILTER (WHERE destroyed_at IS NULL))::int AS "rawSegments"
           FROM landing_segment WHERE tenant_id = $1 AND accepted_at >= $2 GROUP BY ingest_node ORDER BY ingest_node`,
          [tenantId, moment],
        );
        return rows;
      }),
    markNormalized: (segmentId) => update('normalized_at = coalesce(normalized_at, akashi_now())', [segmentId]),
    markIndexed: (segmentId) =>
      update('indexed_at = coalesce(indexed_at, akashi_now()), last_error_code = NULL', [segmentId]),
    countAttempt: (segmentId) =>
      run(async (client) => {
        const { rows } = await client.query<{ attempts: number }>(
          `UPDATE landing_segment SET attempts = attempts + 1, last_attempt_at = akashi_now()
           WHERE tenant_id = $1 AND segment_id = $2 RETURNING attempts`,
          [tenantId, segmentId],
        );
        return rows[0]?.attempts ?? 0;
      }),
    fail: (segmentId, code) => update('last_error_code = $3', [segmentId, code]),
    finishIndexed: (finished) => finishIndexed(run, tenantId, finished),
  };
}
