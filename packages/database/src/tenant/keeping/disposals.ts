import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { BlockSpan, HeldPart, KeptBlock } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import { lockKeeping } from './keep-blocks.ts';
import { holdsInForce } from './legal-holds.ts';

/** What a statement of a disposal says, as the ledger notes it. */
export interface NewDisposal {
  /** Number of the statement in the organisation's log. */
  entry: number;
  createdAt: Date;
  blocks: string;
  blockNumbers: readonly number[];
  records: number;
  firstReceivedUs: number | null;
  lastReceivedUs: number | null;
  policies: readonly string[];
  root: Buffer;
  rule: { id: string; requirement: string };
  dueAt: Date;
}

export interface Disposal extends Omit<NewDisposal, 'blockNumbers' | 'policies'> {
  id: string;
  blockCount: number;
  /** Of the objects. */
  bytes: number;
  policies: string[];
  logGroups: string[];
  /** When the last of its objects was removed; null while some are there. */
  removedAt: Date | null;
}

/** A block whose time may be over, as the ledger has it. */
export interface DueBlock extends KeptBlock {
  number: number;
  objectKey: string;
  /** Of what took its place when records of it were removed; null without. */
  replacementKey: string | null;
  /** Its entry in the log. */
  header: string;
}

/** Removes the object of a block if nothing keeps it since its disposal was said; answers whether it is gone. */
export type RemoveBlock = (block: DueBlock, holds: readonly HeldPart[]) => Promise<boolean>;

export interface Disposals {
  /** Newest first, below the entry `before` if given. */
  list(page: { before?: number | undefined; limit: number }): Promise<Disposal[]>;
  get(id: string): Promise<Disposal | null>;
  /** The one that lists a block. */
  ofBlock(number: number): Promise<Disposal | null>;
  /** The one that lists the block of a segment's record, with all log groups of that block; null when none does. */
  ofRecord(place: { segmentId: string; position: number }): Promise<{ id: string; logGroups: string[] } | null>;
  /** Blocks whose time is over by `now`, whatever holds them, in the order of the log behind a number. */
  due(page: { now: Date; after: number; limit: number }): Promise<DueBlock[]>;
  /**
   * Goes over blocks that a disposal lists and whose objects are not noted as removed, in the order of the log behind a
   * number, and notes those of which `remove` says that the object is gone. Until it is done nobody raises a policy, moves a
   * log group or begins a hold. Answers the last number that it came to; null at the end.
   */
  removeListed(page: { after: number; limit: number; at: Date }, remove: RemoveBlock): Promise<number | null>;
  /** Ends the disposals of which nothing is left, and answers their ids. */
  finish(at: Date): Promise<string[]>;
}

const columns = `
  id, entry, created_at AS "createdAt", blocks, block_count AS "blockCount", records, bytes, log_groups AS "logGroups",
  first_received_us AS "firstReceivedUs", last_received_us AS "lastReceivedUs", policies, root,
  json_build_object('id', rule, 'requirement', requirement) AS rule, due_at AS "dueAt", removed_at AS "removedAt"`;

const dueColumns = `
  b.number, b.object_key AS "objectKey", b.replacement_key AS "replacementKey", b.header, b.first_received_us AS "firstReceivedUs",
  b.last_received_us AS "lastReceivedUs", (extract(epoch FROM b.kept_until) * 1000000)::bigint AS "keptUntilUs",
  coalesce((SELECT json_agg(json_build_object('logGroup', l.log_group, 'firstReceivedUs', l.first_received_us,
                                              'lastReceivedUs', l.last_received_us))
            FROM block_log_group l WHERE l.tenant_id = b.tenant_id AND l.block_number = b.number), '[]') AS "logGroups"`;

type DueRow = Omit<DueBlock, 'logGroups'> & { logGroups: BlockSpan['logGroups'] };

export function disposals(run: RunSql, tenantId: string): Disposals {
  const read = (condition: string, values: readonly unknown[]): Promise<Disposal[]> =>
    run(async (client) => {
      const sql = `SELECT ${columns} FROM disposal WHERE tenant_id = $1 AND ${condition}`;
      return (await client.query<Disposal>(sql, [tenantId, ...values])).rows;
    });
  return {
    list: ({ before, limit }) =>
      read('($2::bigint IS NULL OR entry < $2) ORDER BY entry DESC LIMIT $3', [before ?? null, limit]),
    get: async (id) => (await read('id = $2', [id]))[0] ?? null,
    ofBlock: async (number) => {
      const ofBlock = 'id = (SELECT disposal_id FROM block WHERE tenant_id = $1 AND number = $2)';
      return (await read(ofBlock, [number]))[0] ?? null;
    },
    ofRecord: ({ segmentId, position }) =>
      run(async (client) => {
        const { rows } = await client.query<{ id: string; logGroups: string[] }>(
          `SELECT b.disposal_id AS id,
             ARRAY(SELECT g.log_group FROM block_log_group g
                   WHERE g.tenant_id = b.tenant_id AND g.block_number = b.number) AS "logGroups"
           FROM landing_segment s JOIN block b ON b.tenant_id = s.tenant_id AND b.number = s.block_number
           WHERE s.tenant_id = $1 AND s.segment_id = $2 AND s.records > $3 AND b.disposal_id IS NOT NULL`,
          [tenantId, segmentId, position],
        );
        return rows[0] ?? null;
      }),
    due: ({ now, after, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<DueRow>(
          `SELECT ${dueColumns} FROM block b
           WHERE b.tenant_id = $1 AND b.kept_until <= $2 AND b.object_key IS NOT NULL AND b.disposal_id IS NULL
             AND b.number > $3 ORDER BY b.number LIMIT $4`,
          [tenantId, now, after, limit],
        );
        return rows;
      }),
    removeListed: ({ after, limit, at }, remove) =>
      run(async (client) => {
        await lockKeeping(client, tenantId, 'shared');
        const { rows } = await client.query<DueRow>(
          `SELECT ${dueColumns} FROM block b
           WHERE b.tenant_id = $1 AND b.disposal_id IS NOT NULL AND b.removed_at IS NULL AND b.number > $2
           ORDER BY b.number LIMIT $3`,
          [tenantId, after, limit],
        );
        const holds = await holdsInForce(client, tenantId);
        const gone: number[] = [];
        for (const block of rows) if (await remove(block, holds)) gone.push(block.number);
        await noteRemoved(client, tenantId, { numbers: gone, at });
        return rows.at(-1)?.number ?? null;
      }),
    finish: (at) =>
      run(async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `UPDATE disposal d SET removed_at = $2
           WHERE d.tenant_id = $1 AND d.removed_at IS NULL AND NOT EXISTS (
             SELECT FROM block b WHERE b.tenant_id = $1 AND b.disposal_id = d.id AND b.removed_at IS NULL)
           RETURNING d.id`,
          [tenantId, at],
        );
        return rows.map(({ id }) => id);
      }),
  };
}

/** Their objects are gone. What is noted already stays as it is. */
async function noteRemoved(
  client: PoolClient,
  tenantId: string,
  { numbers, at }: { numbers: readonly number[]; at: Date },
): Promise<void> {
  await client.query(
    `WITH removed AS (
       UPDATE block SET removed_at = $3
       WHERE tenant_id = $1 AND number = ANY ($2::bigint[]) AND disposal_id IS NOT NULL AND removed_at IS NULL
       RETURNING body_bytes)
     UPDATE tenant_log SET stored_bytes = greatest(0, stored_bytes - freed.bytes)
     FROM (SELECT coalesce(sum(body_bytes), 0)::bigint AS bytes FROM removed) freed WHERE tenant_id = $1`,
    [tenantId, numbers, at],
  );
}

/** The part of the ledger that a disposal is decided and noted in, under the log's write lock. */
export interface DisposalNoting {
  /**
   * Of these blocks those that no disposal lists, with what holds them. Until the end of the transaction nobody raises a
   * policy, moves a log group or begins a hold.
   */
  blocksToDispose(numbers: readonly number[]): Promise<{ blocks: DueBlock[]; holds: HeldPart[] }>;
  /** Notes a disposal with its statement; noting the same again is nothing. */
  noteDisposal(disposal: NewDisposal): Promise<void>;
}

export function disposalNoting(client: PoolClient, tenantId: string): DisposalNoting {
  return {
    blocksToDispose: async (numbers) => {
      await lockKeeping(client, tenantId, 'alone');
      const { rows } = await client.query<DueRow>(
        `SELECT ${dueColumns} FROM block b
         WHERE b.tenant_id = $1 AND b.number = ANY ($2::bigint[]) AND b.object_key IS NOT NULL AND b.disposal_id IS NULL
         ORDER BY b.number`,
        [tenantId, numbers],
      );
      return { blocks: rows, holds: await holdsInForce(client, tenantId) };
    },
    noteDisposal: async (disposal) => {
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO disposal (id, tenant_id, entry, created_at, blocks, block_count, records, bytes, first_received_us,
           last_received_us, policies, log_groups, root, rule, requirement, due_at)
         SELECT $2, $1, $3, $4, $5, cardinality($6::bigint[]), $7,
           (SELECT coalesce(sum(body_bytes + octet_length(header) + 1), 0) FROM block
            WHERE tenant_id = $1 AND number = ANY ($6::bigint[])),
           $8, $9, $10,
           (SELECT coalesce(array_agg(DISTINCT log_group ORDER BY log_group), '{}') FROM block_log_group
            WHERE tenant_id = $1 AND block_number = ANY ($6::bigint[])),
           $11, $12, $13, $14
         ON CONFLICT (tenant_id, entry) DO NOTHING RETURNING id`,
        [
          tenantId,
          randomUUID(),
          disposal.entry,
          disposal.createdAt,
          disposal.blocks,
          disposal.blockNumbers,
          disposal.records,
          disposal.firstReceivedUs,
          disposal.lastReceivedUs,
          disposal.policies,
          disposal.root,
          disposal.rule.id,
          disposal.rule.requirement,
          disposal.dueAt,
        ],
      );
      const id = rows[0]?.id;
      if (id === undefined) return;
      await client.query(
        `UPDATE block SET disposal_id = $2, archive_kept_until = kept_until
         WHERE tenant_id = $1 AND number = ANY ($3::bigint[]) AND disposal_id IS NULL`,
        [tenantId, id, disposal.blockNumbers],
      );
    },
  };
}
