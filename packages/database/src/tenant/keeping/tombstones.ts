import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { holdsBlock, type BlockSpan } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import { forgetDocuments } from '../derivations.ts';
import { holdsInForce } from './legal-holds.ts';

/** What a statement of a tombstone says, as the ledger notes it. Positions as in `5,17-20`. */
export interface NewTombstone {
  block: number;
  positions: string;
  records: number;
  reason: string;
  rule: { id: string; version: string; requirement: string };
  asked: { id: string; name: string };
  approved: { id: string; name: string };
}

export interface Tombstone extends NewTombstone {
  id: string;
  approvedAt: Date;
  /** Number of the statement in the organisation's log; null until it is sealed. */
  entry: number | null;
  sealedAt: Date | null;
  /** Since when the replacement stands in the block's place. */
  replacedAt: Date | null;
  /** Since when the index has forgotten the records. */
  indexedAt: Date | null;
  /** When the last earlier object that has the records was removed. */
  removedAt: Date | null;
  /** Until when the store holds such an object; null when it does not. */
  lockedUntil: Date | null;
  /** Why nothing of it goes on: `legal-hold`, or `disposed` when the block went as a whole. */
  waitsFor: 'legal-hold' | 'disposed' | null;
  completedAt: Date | null;
  logGroups: string[];
}

export interface Tombstones {
  /** Newest first, made before the given one if given. */
  list(page: { before?: string | undefined; limit: number }): Promise<Tombstone[]>;
  get(id: string): Promise<Tombstone | null>;
  /** Of a block, sealed ones only, in the order of the log. */
  ofBlock(block: number): Promise<Tombstone[]>;
  /** Those of the block of a segment's record, with the record's position in it; null without a block. */
  ofRecord(place: {
    segmentId: string;
    position: number;
  }): Promise<{ block: number; leaf: number; tombstones: Tombstone[] } | null>;
  /** What is not completed: sealed ones first, in the order of the log. */
  open(): Promise<Tombstone[]>;
  /**
   * Runs the work while no other process carries out tombstones of this organisation; false when another one does. The lock ends
   * with the process that holds it.
   */
  alone(work: () => Promise<void>): Promise<boolean>;
  /** The replacement stands in the block's place: from this commit on every reader reads it, and the index is to forget. */
  noteReplaced(id: string, replaced: { key: string; at: Date }): Promise<void>;
  /** Whether every document of the block's segments was made again since; then it is noted. */
  noteIndexed(id: string, at: Date): Promise<boolean>;
  /** Of these blocks those that a legal hold keeps. */
  heldBlocks(blocks: readonly number[]): Promise<number[]>;
  /** Until when the block's object must stay; null: for ever. */
  keptUntil(block: number): Promise<Date | null>;
  note(
    id: string,
    change: Partial<Pick<Tombstone, 'removedAt' | 'lockedUntil' | 'waitsFor' | 'completedAt'>>,
  ): Promise<void>;
}

const columns = `
  t.id, t.block_number AS block, t.positions, t.records, t.reason,
  json_build_object('id', t.rule, 'version', t.rule_version, 'requirement', t.requirement) AS rule,
  json_build_object('id', t.asked_id, 'name', t.asked_name) AS asked,
  json_build_object('id', t.approved_id, 'name', t.approved_name) AS approved,
  t.approved_at AS "approvedAt", t.entry, t.sealed_at AS "sealedAt", t.replaced_at AS "replacedAt",
  t.indexed_at AS "indexedAt", t.removed_at AS "removedAt", t.locked_until AS "lockedUntil", t.waits_for AS "waitsFor",
  t.completed_at AS "completedAt",
  ARRAY(SELECT g.log_group FROM block_log_group g
        WHERE g.tenant_id = t.tenant_id AND g.block_number = t.block_number ORDER BY 1) AS "logGroups"`;

export function tombstones(run: RunSql, tenantId: string): Tombstones {
  const read = (condition: string, values: readonly unknown[] = []): Promise<Tombstone[]> =>
    run(async (client) => {
      const sql = `SELECT ${columns} FROM tombstone t WHERE t.tenant_id = $1 AND ${condition}`;
      return (await client.query<Tombstone>(sql, [tenantId, ...values])).rows;
    });
  const ofBlock = (block: number): Promise<Tombstone[]> =>
    read('t.block_number = $2 AND t.entry IS NOT NULL ORDER BY t.entry', [block]);
  return {
    list: ({ before, limit }) =>
      read(
        `($2::uuid IS NULL OR (t.approved_at, t.id) < (SELECT approved_at, id FROM tombstone WHERE tenant_id = $1 AND id = $2))
         ORDER BY t.approved_at DESC, t.id DESC LIMIT $3`,
        [before ?? null, limit],
      ),
    get: async (id) => (await read('t.id = $2', [id]))[0] ?? null,
    ofBlock,
    ofRecord: async ({ segmentId, position }) => {
      const place = await run(async (client) => {
        const { rows } = await client.query<{ block: number; leaf: number }>(
          `SELECT block_number AS block, first_leaf + $3 AS leaf FROM landing_segment
           WHERE tenant_id = $1 AND segment_id = $2 AND records > $3 AND block_number IS NOT NULL`,
          [tenantId, segmentId, position],
        );
        return rows[0];
      });
      return place === undefined ? null : { ...place, tombstones: await ofBlock(place.block) };
    },
    open: () => read('t.completed_at IS NULL ORDER BY t.entry NULLS LAST, t.approved_at, t.id'),
    alone: (work) =>
      run(async (client) => {
        const { rows } = await client.query<{ locked: boolean }>(
          `SELECT pg_try_advisory_xact_lock(hashtextextended('tombstones ' || $1::text, 0)) AS locked`,
          [tenantId],
        );
        if (rows[0]?.locked !== true) return false;
        await work();
        return true;
      }),
    noteReplaced: (id, { key, at }) =>
      run(async (client) => {
        await client.query(
          `UPDATE tombstone SET replaced_at = coalesce(replaced_at, $3) WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, at],
        );
        await client.query(
          `UPDATE block SET replacement_key = $3
           WHERE tenant_id = $1 AND number = (SELECT block_number FROM tombstone WHERE tenant_id = $1 AND id = $2)`,
          [tenantId, id, key],
        );
        await client.query(
          `UPDATE landing_segment SET ${forgetDocuments}
           WHERE tenant_id = $1 AND indexed_at IS NOT NULL
             AND block_number = (SELECT block_number FROM tombstone WHERE tenant_id = $1 AND id = $2)`,
          [tenantId, id],
        );
      }),
    noteIndexed: (id, at) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE tombstone t SET indexed_at = coalesce(indexed_at, $3) WHERE tenant_id = $1 AND id = $2 AND NOT EXISTS (
             SELECT FROM landing_segment s WHERE s.tenant_id = $1 AND s.block_number = t.block_number
               AND s.accepted_at >= $3::timestamptz - s.online_days * interval '1 day'
               AND (s.indexed_at IS NULL OR s.indexed_generation = 0))`,
          [tenantId, id, at],
        );
        return rowCount === 1;
      }),
    heldBlocks: (numbers) =>
      run(async (client) => {
        const { rows } = await client.query<BlockSpan & { number: number }>(
          `SELECT b.number, b.first_received_us AS "firstReceivedUs", b.last_received_us AS "lastReceivedUs",
             coalesce((SELECT json_agg(json_build_object('logGroup', l.log_group, 'firstReceivedUs', l.first_received_us,
                                                         'lastReceivedUs', l.last_received_us))
                       FROM block_log_group l WHERE l.tenant_id = b.tenant_id AND l.block_number = b.number), '[]') AS "logGroups"
           FROM block b WHERE b.tenant_id = $1 AND b.number = ANY ($2::bigint[])`,
          [tenantId, numbers],
        );
        const holds = await holdsInForce(client, tenantId);
        return rows.filter((block) => holds.some((hold) => holdsBlock(hold, block))).map(({ number }) => number);
      }),
    keptUntil: (block) =>
      run(async (client) => {
        const { rows } = await client.query<{ until: Date | null }>(
          'SELECT kept_until AS until FROM block WHERE tenant_id = $1 AND number = $2',
          [tenantId, block],
        );
        return rows[0]?.until ?? null;
      }),
    note: (id, { removedAt, lockedUntil, waitsFor, completedAt }) =>
      run(async (client) => {
        await client.query(
          `UPDATE tombstone SET removed_at = coalesce($3, removed_at), locked_until = $4, waits_for = $5,
             completed_at = coalesce($6, completed_at) WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, removedAt ?? null, lockedUntil ?? null, waitsFor ?? null, completedAt ?? null],
        );
      }),
  };
}

/** Two people agreed: what is to be carried out. */
export async function insertTombstone(
  client: PoolClient,
  tenantId: string,
  { tombstone, at }: { tombstone: NewTombstone; at: Date },
): Promise<void> {
  await insert(client, tenantId, { tombstone, at, entry: null });
}

async function insert(
  client: PoolClient,
  tenantId: string,
  { tombstone, at, entry }: { tombstone: NewTombstone; at: Date; entry: number | null },
): Promise<void> {
  const { block, positions, records, reason, rule, asked, approved } = tombstone;
  await client.query(
    `INSERT INTO tombstone (id, tenant_id, block_number, positions, records, reason, rule, rule_version, requirement, asked_id,
       asked_name, approved_id, approved_name, approved_at, entry, sealed_at)
     VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::timestamptz, $15::bigint, CASE WHEN $15::bigint IS NOT NULL THEN $14::timestamptz END)
     ON CONFLICT (tenant_id, entry) DO NOTHING`,
    [
      tenantId,
      randomUUID(),
      block,
      positions,
      records,
      reason,
      rule.id,
      rule.version,
      rule.requirement,
      asked.id,
      asked.name,
      approved.id,
      approved.name,
      at,
      entry,
    ],
  );
}

/** The part of the ledger that a tombstone is noted in, under the log's write lock. */
export interface TombstoneNoting {
  /** Notes a tombstone with its statement, also one that only the log knows; noting the same again is nothing. */
  noteTombstone(tombstone: NewTombstone & { entry: number; createdAt: Date }): Promise<void>;
  /** Whether its statement is in the log, also when this very transaction noted it. */
  isTombstoneSealed(id: string): Promise<boolean>;
}

export function tombstoneNoting(client: PoolClient, tenantId: string): TombstoneNoting {
  return {
    noteTombstone: async ({ entry, createdAt, ...tombstone }) => {
      const { rowCount } = await client.query(
        `UPDATE tombstone SET entry = $2, sealed_at = $3 WHERE tenant_id = $1 AND id = (
           SELECT id FROM tombstone WHERE tenant_id = $1 AND block_number = $4 AND positions = $5 AND entry IS NULL
             AND completed_at IS NULL AND NOT EXISTS (SELECT FROM tombstone o WHERE o.tenant_id = $1 AND o.entry = $2)
           ORDER BY approved_at, id LIMIT 1)`,
        [tenantId, entry, createdAt, tombstone.block, tombstone.positions],
      );
      if (rowCount === 0) await insert(client, tenantId, { tombstone, at: createdAt, entry });
    },
    isTombstoneSealed: async (id) => {
      const sql = 'SELECT FROM tombstone WHERE tenant_id = $1 AND id = $2 AND entry IS NOT NULL';
      return (await client.query(sql, [tenantId, id])).rowCount === 1;
    },
  };
}
