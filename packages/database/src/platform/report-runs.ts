import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

export interface ReportRunName {
  readonly tenantId: TenantId;
  readonly id: string;
}

/** Which runs of reports wait for a worker, of all organisations: names alone. */
export interface PlatformReportRuns {
  /** The oldest of each organisation, then the second of each, and so on; what a person waits for before what a duty made. */
  findTakeable(wanted: { readonly now: Date; readonly limit: number }): Promise<ReportRunName[]>;
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
    findUnlinked: ({ since, limit }) =>
      names(
        `SELECT tenant_id AS "tenantId", id FROM report_run
         WHERE state = 'done' AND sealed_as IS NULL AND finished_at >= $1 ORDER BY finished_at, id LIMIT $2`,
        [since, limit],
      ),
  };
}
