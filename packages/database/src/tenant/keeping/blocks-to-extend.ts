import type { RunSql } from '../../scoped-transaction.ts';

/** A block that is kept longer than the archive's own date says. */
export interface BlockToExtend {
  number: number;
  objectKey: string;
  /** In whole milliseconds, not before the block's own time. Null: for ever. */
  keptUntil: Date | null;
}

/** Blocks whose dates in the archive follow a raise. What is noted is done; the rest is found again after a crash. */
export interface BlocksToExtend {
  /** In order of their numbers, after the given one. */
  list(page: { after: number; limit: number }): Promise<BlockToExtend[]>;
  /** The archive holds it until then at least. */
  note(block: Pick<BlockToExtend, 'number' | 'keptUntil'>): Promise<void>;
}

export function blocksToExtend(run: RunSql, tenantId: string): BlocksToExtend {
  return {
    list: ({ after, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<BlockToExtend>(
          `SELECT number, coalesce(replacement_key, object_key) AS "objectKey",
             date_trunc('milliseconds', kept_until + interval '999 microseconds') AS "keptUntil"
           FROM block
           WHERE tenant_id = $1 AND kept_until IS DISTINCT FROM archive_kept_until AND object_key IS NOT NULL
             AND removed_at IS NULL AND number > $2
           ORDER BY number LIMIT $3`,
          [tenantId, after, limit],
        );
        return rows;
      }),
    note: ({ number, keptUntil }) =>
      run(async (client) => {
        await client.query(
          `UPDATE block SET archive_kept_until = CASE WHEN $3::timestamptz IS NOT NULL THEN least(kept_until, $3) END
           WHERE tenant_id = $1 AND number = $2
             AND coalesce(archive_kept_until, 'infinity') < coalesce($3::timestamptz, 'infinity')`,
          [tenantId, number, keptUntil],
        );
      }),
  };
}
