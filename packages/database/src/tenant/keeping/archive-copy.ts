import type { RunSql } from '../../scoped-transaction.ts';

/** A block's object, as the ledger knows it now. */
export interface BlockToCopy {
  readonly number: number;
  /** Of the object that stands for the block: the newest replacement where records were removed from it. */
  readonly objectKey: string;
  /** In whole milliseconds; null: for ever. */
  readonly keptUntil: Date | null;
  /** A statement of the log lists it: it goes, or has gone. */
  readonly isDisposed: boolean;
}

/** What the second archive holds of the organisation's log. */
export interface ArchiveCopy {
  /** Blocks with an object from `from` up to `to`, in order. */
  blocks(range: { from: number; to: number }): Promise<BlockToCopy[]>;
  /** The copy proves the log up to this size; `fault`: why something of it was left out. Never goes back. */
  note(copied: { size: number; at: Date; fault: string | null }): Promise<void>;
  /** Nothing could be copied, and why. */
  noteFault(code: string): Promise<void>;
  /** Everything in it was looked at; nothing is left out any more when it is sound. */
  noteVerified(at: Date): Promise<void>;
  /** Since when the oldest entry waits that is not copied; null when none does. */
  waitingSince(): Promise<Date | null>;
}

export function archiveCopy(run: RunSql, tenantId: string): ArchiveCopy {
  const execute = (sql: string, values: unknown[]): Promise<void> =>
    run(async (client) => void (await client.query(sql, [tenantId, ...values])));
  return {
    blocks: ({ from, to }) =>
      run(async (client) => {
        const { rows } = await client.query<BlockToCopy>(
          `SELECT number, coalesce(replacement_key, object_key) AS "objectKey", disposal_id IS NOT NULL AS "isDisposed",
             date_trunc('milliseconds', kept_until + interval '999 microseconds') AS "keptUntil"
           FROM block WHERE tenant_id = $1 AND number >= $2 AND number < $3 AND object_key IS NOT NULL ORDER BY number`,
          [tenantId, from, to],
        );
        return rows;
      }),
    note: ({ size, at, fault }) =>
      execute(
        `UPDATE tenant_log SET copied_size = greatest(copied_size, $2), copied_at = greatest(copied_at, $3), copy_fault = $4
         WHERE tenant_id = $1`,
        [size, at, fault],
      ),
    noteFault: (code) => execute('UPDATE tenant_log SET copy_fault = $2 WHERE tenant_id = $1', [code]),
    noteVerified: (at) => execute('UPDATE tenant_log SET copy_verified_at = $2 WHERE tenant_id = $1', [at]),
    waitingSince: () =>
      run(async (client) => {
        const { rows } = await client.query<{ sealedAt: Date }>(
          `SELECT block.sealed_at AS "sealedAt" FROM tenant_log JOIN block USING (tenant_id)
           WHERE tenant_id = $1 AND number = copied_size AND copied_size < size`,
          [tenantId],
        );
        return rows[0]?.sealedAt ?? null;
      }),
  };
}
