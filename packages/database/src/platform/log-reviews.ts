import { tenantId as readTenantId, type TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

export interface ReviewDay {
  readonly tenantId: TenantId;
  readonly day: string;
}

/** Days of all organisations that the worker has something to do for. */
export interface PlatformLogReviews {
  /** Days with something to check, those first whose reports are all over: days that wait for reports hide no others. */
  findUnjudged(limit: number): Promise<ReviewDay[]>;
  /** Organisations with a day that nobody has submitted, missed ones left out. */
  findUnsubmitted(): Promise<TenantId[]>;
  /** Days with a signed act from before a moment that is not finished, the oldest first. */
  findUnfinishedSignings(before: Date, limit: number): Promise<ReviewDay[]>;
}

export function platformLogReviews(run: RunSql): PlatformLogReviews {
  return {
    findUnjudged: (limit) =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: string; day: string }>(
          `SELECT r.tenant_id AS "tenantId", r.day FROM log_review r, LATERAL (
             SELECT count(*) AS planned, count(run.finished_at) AS finished FROM report_run run
             WHERE run.tenant_id = r.tenant_id AND run.day = r.day::date AND run.kind = 'duty'
           ) runs
           WHERE r.judged_at IS NULL AND r.state <> 'approved' AND (finished > 0 OR planned = 0)
           ORDER BY finished < planned, r.day, r.tenant_id LIMIT $1`,
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
    findUnfinishedSignings: (before, limit) =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: string; day: string }>(
          `SELECT tenant_id AS "tenantId", day FROM signing_intent WHERE made_at < $1 ORDER BY made_at, tenant_id LIMIT $2`,
          [before, limit],
        );
        return rows.map(({ tenantId, day }) => ({ tenantId: readTenantId(tenantId), day }));
      }),
  };
}
