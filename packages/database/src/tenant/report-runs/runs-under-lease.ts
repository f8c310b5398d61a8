import { randomUUID } from 'node:crypto';
import type { RunSql } from '../../scoped-transaction.ts';
import { runColumns, type FrozenRun, type ReportRun } from './report-run.ts';

/** A run that this caller alone may make until the lease ends. */
export type TakenReportRun = ReportRun & { readonly lease: string };

type Held = Pick<TakenReportRun, 'id' | 'lease'>;

/** What the worker that makes a run does to it. Every call but `take` answers false when the lease was lost or the run ended. */
export interface RunsUnderLease {
  /** Null when it ended, waits for later, or somebody else holds it. Counts the attempt. */
  take(id: string, times: { readonly now: Date; readonly leaseMs: number }): Promise<TakenReportRun | null>;
  /** Keeps the lease until `until`. */
  noteProgress(run: Held, at: { readonly progress: number; readonly until: Date }): Promise<boolean>;
  /** When reading began: what was indexed by then is in the run. */
  noteRead(run: Held, readAt: Date): Promise<boolean>;
  /** What was found, once; from now on the run cannot be cancelled. */
  freeze(run: Held, found: FrozenRun): Promise<boolean>;
  /** Its line is sealed: it is done. */
  finish(run: Held, at: Date): Promise<boolean>;
  fail(run: Held, failure: { readonly at: Date; readonly errorCode: string }): Promise<boolean>;
  /** Gives the run back, to be taken again from `at` on. Without an error code the attempt does not count. */
  giveBack(run: Held, again: { readonly at: Date; readonly errorCode: string | null }): Promise<boolean>;
}

const take = `
  UPDATE report_run r SET state = 'running', lease = $5, takeable_at = $4, attempts = r.attempts + 1
  WHERE r.tenant_id = $1 AND r.id = $2 AND r.finished_at IS NULL AND r.takeable_at <= $3
  RETURNING ${runColumns}, r.lease`;

export function runsUnderLease(run: RunSql, tenantId: string): RunsUnderLease {
  const update = (assignments: string, held: Held, values: readonly unknown[]): Promise<boolean> =>
    run(async (client) => {
      const { rowCount } = await client.query(
        `UPDATE report_run SET ${assignments}
         WHERE tenant_id = $1 AND id = $2 AND lease = $3 AND finished_at IS NULL`,
        [tenantId, held.id, held.lease, ...values],
      );
      return rowCount === 1;
    });
  return {
    take: (id, { now, leaseMs }) =>
      run(async (client) => {
        const until = new Date(now.getTime() + leaseMs);
        const { rows } = await client.query<TakenReportRun>(take, [tenantId, id, now, until, randomUUID()]);
        return rows[0] ?? null;
      }),
    noteProgress: (held, { progress, until }) =>
      update('progress = greatest(progress, $4), takeable_at = $5', held, [progress, until]),
    noteRead: (held, readAt) => update('read_at = $4', held, [readAt]),
    freeze: (held, found) =>
      update(
        'rows = $4, flagged = $5, summary = $6, files = $7, masters = $8, frozen_at = coalesce(frozen_at, $9)',
        held,
        [
          found.rows,
          found.flagged,
          JSON.stringify(found.summary),
          JSON.stringify(found.files),
          JSON.stringify(found.masters),
          found.frozenAt,
        ],
      ),
    finish: (held, at) =>
      update(`state = 'done', progress = 1, finished_at = $4, lease = NULL, error_code = NULL`, held, [at]),
    fail: (held, { at, errorCode }) =>
      update(`state = 'failed', finished_at = $4, error_code = $5, lease = NULL`, held, [at, errorCode]),
    giveBack: (held, { at, errorCode }) =>
      update(
        `state = 'waiting', takeable_at = $4, error_code = $5, lease = NULL,
         attempts = attempts - CASE WHEN $5::text IS NULL THEN 1 ELSE 0 END`,
        held,
        [at, errorCode],
      ),
  };
}
