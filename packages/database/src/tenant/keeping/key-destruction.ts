import type { PoolClient } from 'pg';
import type { RunSql } from '../../scoped-transaction.ts';
import { lockKeeping } from './keep-blocks.ts';

/** What lies under one data key, by the ledger. */
export interface UnderKey {
  id: string;
  blocks: number;
  records: number;
}

/** A closed organisation of which nothing has to be kept any more. */
export interface OverOrganisation {
  closedAt: Date;
  /** When the last retention was over. */
  dueAt: Date;
  keys: UnderKey[];
}

export interface KeyDestructionState {
  closedAt: Date | null;
  destroyedAt: Date | null;
}

export interface KeyDestruction {
  state(): Promise<KeyDestructionState>;
  /** Whether the organisation is closed, nothing holds it, all its records are sealed and the time of each block is over. */
  isOver(now: Date): Promise<boolean>;
  /** What lies under each data key that the ledger knows of, by id; reads every block. */
  underKeys(): Promise<UnderKey[]>;
  /** The keys are destroyed. The first time stays. */
  note(at: Date): Promise<void>;
}

const isOver = `
  t.status = 'closed' AND t.closed_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.tenant_id = t.id AND h.lifted_at IS NULL)
  AND NOT EXISTS (SELECT FROM landing_segment s WHERE s.tenant_id = t.id AND s.sealed_at IS NULL)
  AND NOT EXISTS (
    SELECT FROM block b WHERE b.tenant_id = t.id AND b.object_key IS NOT NULL AND b.removed_at IS NULL
      AND coalesce(b.kept_until, 'infinity') > $2)`;

export function keyDestruction(run: RunSql, tenantId: string): KeyDestruction {
  return {
    state: () =>
      run(async (client) => {
        const { rows } = await client.query<KeyDestructionState>(
          `SELECT CASE WHEN t.status = 'closed' THEN t.closed_at END AS "closedAt", l.keys_destroyed_at AS "destroyedAt"
           FROM tenant t JOIN tenant_log l ON l.tenant_id = t.id WHERE t.id = $1`,
          [tenantId],
        );
        return rows[0] ?? { closedAt: null, destroyedAt: null };
      }),
    isOver: (now) =>
      run(async (client) => {
        const { rowCount } = await client.query(`SELECT FROM tenant t WHERE t.id = $1 AND ${isOver}`, [tenantId, now]);
        return rowCount === 1;
      }),
    underKeys: () => run((client) => underKeys(client, tenantId)),
    note: (at) =>
      run(async (client) => {
        await client.query(
          'UPDATE tenant_log SET keys_destroyed_at = coalesce(keys_destroyed_at, $2) WHERE tenant_id = $1',
          [tenantId, at],
        );
      }),
  };
}

/** The part of the ledger that the end of a log is decided in, under the log's write lock. */
export interface KeyDestructionNoting {
  /** Null where something has to be kept. Until the end of the transaction nobody raises a policy or begins a hold. */
  overOrganisation(now: Date): Promise<OverOrganisation | null>;
}

export function keyDestructionNoting(client: PoolClient, tenantId: string): KeyDestructionNoting {
  return {
    overOrganisation: async (now) => {
      await lockKeeping(client, tenantId, 'alone');
      const { rows } = await client.query<Omit<OverOrganisation, 'keys'>>(
        `SELECT t.closed_at AS "closedAt", greatest(t.closed_at, (
           SELECT max(b.kept_until) FROM block b
           WHERE b.tenant_id = t.id AND b.object_key IS NOT NULL AND b.kept_until <= $2)) AS "dueAt"
         FROM tenant t WHERE t.id = $1 AND ${isOver}`,
        [tenantId, now],
      );
      const over = rows[0];
      if (over === undefined) return null;
      return { ...over, keys: await underKeys(client, tenantId) };
    },
  };
}

async function underKeys(client: PoolClient, tenantId: string): Promise<UnderKey[]> {
  const { rows } = await client.query<UnderKey>(
    `SELECT substring(header FROM E'\\ndata-key: ([^\\n]+)') AS id, count(*)::int AS blocks,
       coalesce(sum(records), 0)::float8 AS records
     FROM block WHERE tenant_id = $1 AND object_key IS NOT NULL GROUP BY 1 ORDER BY 1`,
    [tenantId],
  );
  return rows;
}
