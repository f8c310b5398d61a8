import { tenantId, type TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

/** How far the second archive has come with one organisation's log. */
export interface CopiedLog {
  readonly tenantId: TenantId;
  readonly size: number;
  readonly copiedSize: number;
  /** When the copy was last as long as the log; null: never. */
  readonly copiedAt: Date | null;
  /** Why something was left out: a code. */
  readonly fault: string | null;
  readonly verifiedAt: Date | null;
}

export interface CopiedLogs {
  /** Of every organisation in whose log there is anything. */
  listCopiedLogs(): Promise<CopiedLog[]>;
}

export function copiedLogs(run: RunSql): CopiedLogs {
  return {
    listCopiedLogs: () =>
      run(async (client) => {
        const { rows } = await client.query<CopiedLog & { tenantId: string }>(
          `SELECT tenant_id AS "tenantId", size, copied_size AS "copiedSize", copied_at AS "copiedAt",
             copy_fault AS fault, copy_verified_at AS "verifiedAt"
           FROM tenant_log WHERE size > 0 ORDER BY tenant_id`,
        );
        return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
      }),
  };
}
