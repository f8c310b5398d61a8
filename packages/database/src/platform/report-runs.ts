import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

export interface ReportRunName {
  readonly tenantId: TenantId;
  readonly id: string;
}

export interface LateDay {
  readonly tenantId: TenantId;
  /** The organisation's, as yyyy-mm-dd. */
  readonly day: string;
}

/** Which runs of reports wait for a worker, of all organisations: names alone. */
export interface PlatformReportRuns {
  /** The oldest of each organisation, then the second of each, and so on; what a person waits for before what a duty made. */
  findTakeable(wanted: { readonly now: Date; readonly limit: number }): Promise<ReportRunName[]>;
  /**
   * Days whose runs are all done and of which something could be searched only after one of them was read, of those planned
   * since `since`.
   */
  findLateDays(wanted: { readonly since: Date; readonly limit: number }): Promise<LateDay[]>;
  /** Done since `since`, and nobody has found where their line stands. */
  findUnlinked(wanted: { readonly since: Date; readonly limit: number }): Promise<ReportRunName[]>;
}

export function platformReportRuns(run: RunSql): PlatformReportRuns {
  const names = (statement: string, values: readonly unknown[]): Promise<ReportRunName[]> =>
    run(async (client) => {
      const { rows } = await client.query<{ tenantId: string; id: string }>(statement, [...values]);
      return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
    });
  return {
    findTakeable: ({ now, limit }) =>
      names(
        `SELECT tenant_id AS "tenantId", id FROM (
           SELECT tenant_id, id, created_at, kind, row_number() OVER (PARTITION BY tenant_id, kind ORDER BY created_at, id) AS place
           FROM report_run WHERE finished_at IS NULL AND takeable_at <= $1
         ) AS waiting ORDER BY kind <> 'by-hand', place, created_at, id LIMIT $2`,
        [now, limit],
      ),
    findLateDays: ({ since, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: string; day: string }>(
          `WITH runs AS (
             SELECT tenant_id, day, from_at, to_at, max(read_at) AS read_at, bool_and(state = 'done') AS are_done
             FROM report_run
             WHERE kind IN ('duty', 'addendum') AND created_at >= $1 AND state IN ('waiting', 'running', 'done')
             GROUP BY tenant_id, day, from_at, to_at, coalesce(addendum_to, id)
           ), days AS (
             SELECT tenant_id, day, from_at, to_at, min(read_at) AS read_at FROM runs
             GROUP BY tenant_id, day, from_at, to_at HAVING bool_and(are_done)
           )
           SELECT d.tenant_id AS "tenantId", to_char(d.day, 'YYYY-MM-DD') AS day FROM days d
           WHERE EXISTS (
             SELECT 1 FROM landing_segment s
             WHERE s.tenant_id = d.tenant_id AND s.accepted_at >= d.from_at - interval '10 minutes' AND s.accepted_at < d.to_at
               AND s.indexed_at > d.read_at)
           ORDER BY d.day, d.tenant_id LIMIT $2`,
          [since, limit],
        );
        return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
      }),
    findUnlinked: ({ since, limit }) =>
      names(
        `SELECT tenant_id AS "tenantId", id FROM report_run
         WHERE state = 'done' AND sealed_as IS NULL AND finished_at >= $1 ORDER BY finished_at, id LIMIT $2`,
        [since, limit],
      ),
  };
}
