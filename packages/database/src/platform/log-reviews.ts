import { tenantId as readTenantId, type TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

export interface ReviewDay {
  readonly tenantId: TenantId;
  readonly day: string;
}

/** Days of all organisations that the worker has something to do for. */
export interface PlatformLogReviews {
  /** Days whose items are not all checked yet, the oldest first. */
  findUnjudged(limit: number): Promise<ReviewDay[]>;
  /** Organisations with a day that nobody has submitted, missed ones left out. */
  findUnsubmitted(): Promise<TenantId[]>;
}

export function platformLogReviews(run: RunSql): PlatformLogReviews {
  return {
    findUnjudged: (limit) =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: string; day: string }>(
          `SELECT tenant_id AS "tenantId", day FROM log_review WHERE judged_at IS NULL AND state <> 'approved'
           ORDER BY day, tenant_id LIMIT $1`,
          [limit],
        );
        return rows.map(({ tenantId, day }) => ({ tenantId: readTenantId(tenantId), day }));
      }),
    findUnsubmitted: () =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: string }>(
          `SELECT DISTINCT tenant_id AS "tenantId" FROM log_review WHERE state IN ('open', 'returned')`,
        );
        return rows.map(({ tenantId }) => readTenantId(tenantId));
      }),
  };
}
