import type { RunSql } from '../scoped-transaction.ts';

/** When and from where a key was used. */
export interface KeyUse {
  id: string;
  at: Date;
  address: string;
}

/** Sets the last use of keys; an older use never replaces a newer one. */
export function noteKeyUses(run: RunSql, uses: readonly KeyUse[]): Promise<void> {
  return run(async (client) => {
    await client.query(
      `UPDATE access_key k SET last_used_at = u.at, last_used_from = u.address
       FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS u (id, at, address)
       WHERE k.id = u.id AND (k.last_used_at IS NULL OR k.last_used_at <= u.at)`,
      [uses.map(({ id }) => id), uses.map(({ at }) => at), uses.map(({ address }) => address)],
    );
  });
}
