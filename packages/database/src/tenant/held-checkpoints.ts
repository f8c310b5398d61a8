import type { RunSql } from '../scoped-transaction.ts';

/** A checkpoint that verification has proven. */
export interface HeldCheckpoint {
  /** Blocks that it commits to. */
  size: number;
  /** The signed note, as it was proven. */
  note: string;
  provenAt: Date;
  /** The nodes whose worker holds one in a file of its own, too. */
  nodes: string[];
}

export interface HeldCheckpoints {
  get(): Promise<HeldCheckpoint | null>;
  /**
   * Holds this one unless a larger one, or the same, is held already: what is held never gets smaller. Notes the node, which
   * holds one in its file.
   */
  raise(checkpoint: Omit<HeldCheckpoint, 'nodes'> & { node: string }): Promise<void>;
}

export function heldCheckpoints(run: RunSql, tenantId: string): HeldCheckpoints {
  return {
    get: () =>
      run(async (client) => {
        const { rows } = await client.query<HeldCheckpoint>(
          'SELECT size, note, proven_at AS "provenAt", nodes FROM held_checkpoint WHERE tenant_id = $1',
          [tenantId],
        );
        return rows[0] ?? null;
      }),
    raise: ({ size, note, provenAt, node }) =>
      run(async (client) => {
        await client.query(
          `INSERT INTO held_checkpoint AS held (tenant_id, size, note, proven_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (tenant_id) DO UPDATE
             SET size = excluded.size, note = excluded.note, proven_at = excluded.proven_at
             WHERE held.size < excluded.size OR (held.size = excluded.size AND held.note = excluded.note)`,
          [tenantId, size, note, provenAt],
        );
        await client.query(
          'UPDATE held_checkpoint SET nodes = nodes || $2::text WHERE tenant_id = $1 AND NOT $2 = ANY (nodes)',
          [tenantId, node],
        );
      }),
  };
}
