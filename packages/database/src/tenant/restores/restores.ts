import type { RunSql } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';
import {
  restoreColumns,
  type NewRestore,
  type Restore,
  type RestoreAmounts,
  type RestoreBlock,
  type RestoreExtent,
} from './restore.ts';
import { readAmounts, readNextBlocks, readUnsealedSince } from './restore-extent.ts';
import { restoresUnderLease, type RestoresUnderLease } from './restores-under-lease.ts';

/** A set that can be searched. */
export interface StandingRestore extends RestoreExtent {
  readonly id: string;
}

/** How fast sets were made. */
export interface RestorePace {
  readonly records: number;
  readonly seconds: number;
}

/** Restored sets of an organisation. Whether a caller may see a set's log groups is the caller's to check. */
export interface Restores extends RestoresUnderLease {
  /** What the archive has of an extent. */
  amounts(wanted: { readonly extent: RestoreExtent; readonly now: Date }): Promise<RestoreAmounts>;
  /** Blocks of an extent behind `after`, up to `upTo`, in the order of their numbers. */
  nextBlocks(wanted: {
    readonly extent: RestoreExtent;
    readonly after: number;
    readonly upTo: number;
    readonly limit: number;
  }): Promise<RestoreBlock[]>;
  /** When the oldest segment that is in no block yet was accepted; null when all are sealed. */
  unsealedSince(): Promise<Date | null>;
  /** Of the newest sets that were made; null when there is none. */
  pace(): Promise<RestorePace | null>;
  /** Asks for a set; false when `limit` sets are being made or stand. A drill's does not count. */
  add(restore: NewRestore, bounds: { readonly limit: number; readonly beforeCommit?: BeforeCommit }): Promise<boolean>;
  get(id: string): Promise<Restore | null>;
  /** Newest first, at most 100. */
  list(): Promise<Restore[]>;
  /** Sets that count: being made, or there. */
  countStanding(): Promise<number>;
  /** Sets that may be searched at a moment, oldest first. `to` is cut where records of the period were sealed late. */
  searchable(now: Date): Promise<StandingRestore[]>;
  /** Cancels a set that is not made yet; false when it is over already. */
  cancel(id: string, by: { readonly name: string; readonly at: Date }, beforeCommit: BeforeCommit): Promise<boolean>;
  /** Ends a set that stands; null of a name: its time is up. False when it does not stand. */
  end(
    id: string,
    by: { readonly name: string | null; readonly at: Date },
    beforeCommit?: BeforeCommit,
  ): Promise<boolean>;
  /**
   * Looks for records of the set's period that were sealed since it was asked for, as by a node that was away: from the first of
   * them on the set is not whole.
   */
  noteLate(id: string): Promise<void>;
  /** Nothing of it is left in the index. */
  noteRemoved(id: string, at: Date): Promise<void>;
}

const paceOf = 5;
const mostListed = 100;
/** A set of a few records says nothing about the pace of a large one. */
const tellingRecords = 10_000;

const insert = `
  INSERT INTO restore (id, tenant_id, kind, log_groups, from_at, to_at, last_block, blocks, records, bytes, estimate_seconds,
                       requested_by, requested_by_id, created_at, takeable_at, checked_block)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $7)`;

const standing = `
  SELECT count(*)::int AS count FROM restore
  WHERE tenant_id = $1 AND kind = 'by-hand' AND state IN ('waiting', 'running', 'done')`;

const pace = `
  SELECT sum(restored_records)::bigint AS records, sum(extract(epoch FROM finished_at - started_at))::float8 AS seconds
  FROM (SELECT restored_records, started_at, finished_at FROM restore
        WHERE tenant_id = $1 AND state IN ('done', 'expired') AND restored_records >= $2 AND finished_at > started_at
        ORDER BY finished_at DESC LIMIT $3) AS newest`;

const noteLate = `
  UPDATE restore r SET checked_block = coalesce(newest.number, r.checked_block),
    whole_until = least(r.whole_until, (
      SELECT date_trunc('milliseconds', to_timestamp(min(g.first_received_us) / 1000000.0)) FROM block_log_group g
      WHERE g.tenant_id = r.tenant_id AND g.block_number > r.checked_block AND g.log_group = ANY (r.log_groups)
        AND g.last_received_us >= extract(epoch FROM r.from_at) * 1000000
        AND g.first_received_us < extract(epoch FROM r.to_at) * 1000000))
  FROM (SELECT max(number) AS number FROM block WHERE tenant_id = $1) AS newest
  WHERE r.tenant_id = $1 AND r.id = $2 AND r.state IN ('running', 'done')`;

export function restores(run: RunSql, tenantId: string): Restores {
  const countStanding: Restores['countStanding'] = () =>
    run(async (client) => (await client.query<{ count: number }>(standing, [tenantId])).rows[0]?.count ?? 0);
  const select = (condition: string, values: readonly unknown[]): Promise<Restore[]> =>
    run(async (client) => {
      const sql = `SELECT ${restoreColumns} FROM restore r WHERE r.tenant_id = $1 ${condition}`;
      return (await client.query<Restore>(sql, [tenantId, ...values])).rows;
    });
  /** Those who change a set that others may look at put it on record in the same transaction. */
  const change = (sql: string, values: readonly unknown[], beforeCommit?: BeforeCommit): Promise<boolean> =>
    run(async (client) => {
      const { rowCount } = await client.query(sql, [tenantId, ...values]);
      if (rowCount === 1) await beforeCommit?.();
      return rowCount === 1;
    });
  return {
    ...restoresUnderLease(run, tenantId),
    amounts: (wanted) => run((client) => readAmounts(client, tenantId, wanted)),
    nextBlocks: (wanted) => run((client) => readNextBlocks(client, tenantId, wanted)),
    unsealedSince: () => run((client) => readUnsealedSince(client, tenantId)),
    pace: () =>
      run(async (client) => {
        const { rows } = await client.query<{ records: number | null; seconds: number | null }>(pace, [
          tenantId,
          tellingRecords,
          paceOf,
        ]);
        const { records, seconds } = rows[0] ?? {};
        return typeof records === 'number' && typeof seconds === 'number' ? { records, seconds } : null;
      }),
    add: (restore, { limit, beforeCommit }) =>
      run(async (client) => {
        // One after the other, so that two who ask at once do not make one set too many.
        await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('restore ' || $1::text, 0))`, [tenantId]);
        const { rows } = await client.query<{ count: number }>(standing, [tenantId]);
        if (restore.kind === 'by-hand' && (rows[0]?.count ?? 0) >= limit) return false;
        await client.query(insert, valuesOf(tenantId, restore));
        await beforeCommit?.();
        return true;
      }),
    get: async (id) => (await select('AND r.id = $2', [id]))[0] ?? null,
    list: () => select('ORDER BY r.created_at DESC, r.id DESC LIMIT $2', [mostListed]),
    countStanding,
    searchable: (now) =>
      run(async (client) => {
        const { rows } = await client.query<StandingRestore>(
          `SELECT id, log_groups AS "logGroups", from_at AS "from", least(to_at, whole_until) AS "to" FROM restore
           WHERE tenant_id = $1 AND kind = 'by-hand' AND state = 'done' AND expires_at > $2 ORDER BY created_at, id`,
          [tenantId, now],
        );
        return rows;
      }),
    cancel: (id, { name, at }, beforeCommit) =>
      change(
        `UPDATE restore SET state = 'cancelled', finished_at = $4, ended_at = $4, ended_by = $3, lease = NULL
         WHERE tenant_id = $1 AND id = $2 AND state IN ('waiting', 'running')`,
        [id, name, at],
        beforeCommit,
      ),
    end: (id, { name, at }, beforeCommit) =>
      change(
        `UPDATE restore SET state = 'expired', ended_at = $4, ended_by = $3
         WHERE tenant_id = $1 AND id = $2 AND state = 'done'`,
        [id, name, at],
        beforeCommit,
      ),
    noteLate: async (id) => void (await change(noteLate, [id])),
    noteRemoved: async (id, at) => {
      await change(
        `UPDATE restore SET removed_at = $3
         WHERE tenant_id = $1 AND id = $2 AND state IN ('cancelled', 'failed', 'expired') AND removed_at IS NULL`,
        [id, at],
      );
    },
  };
}

function valuesOf(tenantId: string, restore: NewRestore): unknown[] {
  const { id, kind, logGroups, from, to, amounts, estimateSeconds, requestedBy, at } = restore;
  const { lastBlock, blocks, records, bytes } = amounts;
  const { name = null, id: by = null } = requestedBy ?? {};
  return [id, tenantId, kind, logGroups, from, to, lastBlock, blocks, records, bytes, estimateSeconds, name, by, at];
}
