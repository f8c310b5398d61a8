import type { RunSql } from '../scoped-transaction.ts';

/** A sealed block as the ledger knows it; the archive holds the evidence itself. */
export interface Block {
  number: number;
  /** Null for a heartbeat block. */
  segmentId: string | null;
  /** Key of the object that stands for it in the tenant's archive, a replacement's after a tombstone; null for a heartbeat. */
  objectKey: string | null;
  /** The header's canonical text, which is the entry in the tenant's log. */
  header: string;
  records: number;
  bodyBytes: number;
  root: Buffer;
  bodySha256: Buffer;
  firstReceivedUs: number | null;
  lastReceivedUs: number | null;
  createdAt: Date;
  sealedAt: Date;
  /** When its object was removed after its time; null while it is there, or is to be removed. */
  removedAt: Date | null;
  /** The disposal that lists it: from its statement on it counts as gone. */
  disposalId: string | null;
}

export type NewBlock = Omit<Block, 'sealedAt' | 'removedAt' | 'disposalId'>;

export interface Blocks {
  get(number: number): Promise<Block | null>;
  findBySegment(segmentId: string): Promise<Block | null>;
  /** Newest first, below `before` if given. */
  list(page: { before?: number | undefined; limit: number }): Promise<Block[]>;
  lastSealedAt(): Promise<Date | null>;
}

const columns = `
  number, segment_id AS "segmentId", coalesce(replacement_key, object_key) AS "objectKey", header, records, body_bytes AS "bodyBytes", root,
  body_sha256 AS "bodySha256", first_received_us AS "firstReceivedUs", last_received_us AS "lastReceivedUs",
  created_at AS "createdAt", sealed_at AS "sealedAt", removed_at AS "removedAt", disposal_id AS "disposalId"`;

export function blocks(run: RunSql, tenantId: string): Blocks {
  const select = (condition: string, values: unknown[]): Promise<Block[]> =>
    run(async (client) => {
      const sql = `SELECT ${columns} FROM block WHERE tenant_id = $1 ${condition}`;
      return (await client.query<Block>(sql, [tenantId, ...values])).rows;
    });
  return {
    get: async (number) => (await select('AND number = $2', [number]))[0] ?? null,
    findBySegment: async (segmentId) => {
      const place =
        'AND number = (SELECT block_number FROM landing_segment WHERE tenant_id = $1 AND segment_id = $2 AND sealed_at IS NOT NULL)';
      return (await select(place, [segmentId]))[0] ?? null;
    },
    list: ({ before, limit }) =>
      select('AND ($2::bigint IS NULL OR number < $2) ORDER BY number DESC LIMIT $3', [before ?? null, limit]),
    lastSealedAt: async () => (await select('ORDER BY number DESC LIMIT 1', []))[0]?.sealedAt ?? null,
  };
}
