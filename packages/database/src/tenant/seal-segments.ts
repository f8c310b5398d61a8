import type { PoolClient } from 'pg';
import { keepByPolicies, lockKeeping } from './keeping/keep-blocks.ts';
import { raiseSealed } from './online-days.ts';

/** A landing segment in a block, and how many of the block's records are its own; they follow those of the one before. */
export interface SealedShare {
  segmentId: string;
  records: number;
}

/** What a block holds of one log group. */
export interface BlockLogGroup {
  logGroup: string;
  records: number;
  firstReceivedUs: number;
  lastReceivedUs: number;
}

/** What the ledger notes of a block besides its header. */
export interface SealedContent {
  /** In the order of their records. */
  segments: readonly SealedShare[];
  logGroups: readonly BlockLogGroup[];
}

/** The part of the ledger that a block's segments are noted in. */
export interface SegmentSealing {
  /** Of the given segments those that are in no sealed block. */
  unsealed(segmentIds: readonly string[]): Promise<string[]>;
  /**
   * Notes where the records of each segment stand in the log, and which log groups they are of; in the same commit as the
   * block. A segment that only the archive knows gets its row. Noting the same again is nothing.
   */
  noteContent(block: SealedBlock, content: SealedContent): Promise<void>;
}

export interface SealedBlock {
  number: number;
  retentionPolicy: string;
  createdAt: Date;
  lastReceivedUs: number | null;
}

const shares = 'json_to_recordset($2::json) AS s("segmentId" text, records int, "firstLeaf" int)';

export function segmentSealing(client: PoolClient, tenantId: string): SegmentSealing {
  return {
    unsealed: async (segmentIds) => {
      const { rows } = await client.query<{ segmentId: string }>(
        `SELECT segment_id AS "segmentId" FROM landing_segment
         WHERE tenant_id = $1 AND segment_id = ANY ($2) AND sealed_at IS NULL`,
        [tenantId, segmentIds],
      );
      return rows.map(({ segmentId }) => segmentId);
    },
    noteContent: async (block, { segments, logGroups }) => {
      const placed = JSON.stringify(withFirstLeaves(segments));
      // What comes back from the archive alone has no node, and is indexed again.
      await client.query(
        `INSERT INTO landing_segment (tenant_id, segment_id, ingest_node, retention_policy, records, bytes, accepted_at,
           masked_at, destroyed_at)
         SELECT $1, "segmentId", '', $3, records, 0, $4, $5, $5 FROM ${shares} ON CONFLICT DO NOTHING`,
        [tenantId, placed, block.retentionPolicy, acceptedAt(block), block.createdAt],
      );
      await client.query(
        `UPDATE landing_segment l
         SET sealed_at = coalesce(l.sealed_at, akashi_now()), archived_at = coalesce(l.archived_at, akashi_now()),
             block_number = $3, first_leaf = s."firstLeaf"
         FROM ${shares} WHERE l.tenant_id = $1 AND l.segment_id = s."segmentId"`,
        [tenantId, placed, block.number],
      );
      await client.query(
        `INSERT INTO block_log_group (tenant_id, block_number, log_group, records, first_received_us, last_received_us)
         SELECT $1, $3, "logGroup", records, "firstReceivedUs", "lastReceivedUs"
         FROM json_to_recordset($2::json) AS g("logGroup" text, records int, "firstReceivedUs" bigint, "lastReceivedUs" bigint)
         ON CONFLICT DO NOTHING`,
        [tenantId, JSON.stringify(logGroups), block.number],
      );
      // Its log groups may have come to a longer policy since its records came in.
      await lockKeeping(client, tenantId, 'shared');
      await keepByPolicies(client, tenantId, { block: block.number });
      await raiseSealed(client, tenantId, block.number);
    },
  };
}

function withFirstLeaves(segments: readonly SealedShare[]): (SealedShare & { firstLeaf: number })[] {
  let firstLeaf = 0;
  return segments.map((share) => {
    const placed = { ...share, firstLeaf };
    firstLeaf += share.records;
    return placed;
  });
}

function acceptedAt({ lastReceivedUs, createdAt }: SealedBlock): Date {
  return lastReceivedUs === null ? createdAt : new Date(lastReceivedUs / 1000);
}
