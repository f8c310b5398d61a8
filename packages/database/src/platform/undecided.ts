import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** An organisation whose log is longer than what is decided of it. */
export interface Undecided {
  readonly tenantId: TenantId;
  /** Entries that wait. */
  readonly entries: number;
}

/** Of all organisations at once: one row of each, however many wait. The longest behind come first. */
export function findUndecided(run: RunSql): Promise<Undecided[]> {
  return run(async (client) => {
    const { rows } = await client.query<Undecided>(
      `SELECT l.tenant_id AS "tenantId", l.size - coalesce(c.next_entry, 0) AS entries
       FROM tenant_log l LEFT JOIN rule_cursor c USING (tenant_id)
       WHERE l.size > coalesce(c.next_entry, 0) ORDER BY entries DESC, l.tenant_id`,
    );
    return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
  });
}
