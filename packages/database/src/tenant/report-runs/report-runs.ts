import { randomUUID } from 'node:crypto';
import type { RunSql } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';
import { insertReportRuns, type PlannedReportRun } from './insert-report-runs.ts';
import {
  dayColumns,
  runColumns,
  type NewReportRun,
  type ReportRun,
  type ReportRunKind,
  type ReportRunState,
  type RunOfDay,
} from './report-run.ts';
import { runsUnderLease, type RunsUnderLease } from './runs-under-lease.ts';

export interface ReportRunSelection {
  readonly day?: string | undefined;
  readonly report?: string | undefined;
  readonly area?: string | undefined;
  readonly kind?: ReportRunKind | undefined;
  readonly states?: readonly ReportRunState[] | undefined;
  /** Only what is older than this one, in the order of the list. */
  readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Somebody opened a run, or took a file of it. */
export interface ReportRunLook {
  readonly name: string;
  readonly at: Date;
  readonly what: 'rows' | 'ndjson' | 'csv' | 'pdf';
}

/** Runs of reports. Whether a caller may see a run's whole area is the caller's to check, on each that is answered. */
export interface ReportRuns extends RunsUnderLease {
  /** Plans runs, once each: see `insertReportRuns`. */
  plan(runs: readonly NewReportRun[], beforeCommit?: BeforeCommit): Promise<PlannedReportRun[]>;
  get(id: string): Promise<ReportRun | null>;
  /** The state of each of these that is there, by id. */
  states(ids: readonly string[]): Promise<ReadonlyMap<string, ReportRunState>>;
  /** Newest first; those of one moment by the report's number and the name of the area. */
  list(selection: ReportRunSelection): Promise<ReportRun[]>;
  /** All runs of an organisation's day, as its review tells of them; with what they found in short where that is shown. */
  ofDay(day: string, asked: { readonly hasSummaries: boolean }): Promise<RunOfDay[]>;
  /** The newest finished run of each report and area. */
  newest(): Promise<ReportRun[]>;
  /** Ends a run by hand that is not frozen yet; false when there is none such. */
  cancel(id: string, at: Date, beforeCommit: BeforeCommit): Promise<boolean>;
  /** Where the line with the hashes stands, once it can be found. */
  markSealedAs(id: string, eventId: string): Promise<void>;
  addLook(runId: string, look: ReportRunLook & { readonly userId: string | null }): Promise<void>;
  /** Newest first. */
  looks(runId: string, limit: number): Promise<ReportRunLook[]>;
}

/** Runs of one moment are those of a day: by the report's number, then by area. */
const place = `COALESCE((r.definition->>'number')::int, 99), r.report, COALESCE(r.area->>'name', ''), r.id`;

export function reportRuns(run: RunSql, tenantId: string): ReportRuns {
  return {
    ...runsUnderLease(run, tenantId),
    plan: (runs, beforeCommit) =>
      run(async (client) => {
        const planned = await insertReportRuns(client, tenantId, runs);
        await beforeCommit?.();
        return planned;
      }),
    get: (id) =>
      run(async (client) => {
        const { rows } = await client.query<ReportRun>(
          `SELECT ${runColumns} FROM report_run r WHERE r.tenant_id = $1 AND r.id = $2`,
          [tenantId, id],
        );
        return rows[0] ?? null;
      }),
    states: (ids) =>
      run(async (client) => {
        const { rows } = await client.query<{ id: string; state: ReportRunState }>(
          'SELECT id, state FROM report_run WHERE tenant_id = $1 AND id = ANY ($2)',
          [tenantId, ids],
        );
        return new Map(rows.map(({ id, state }) => [id, state]));
      }),
    list: ({ day, report, area, kind, states, after, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<ReportRun>(
          `SELECT ${runColumns} FROM report_run r
           WHERE r.tenant_id = $1 AND ($2::date IS NULL OR r.day = $2) AND ($3::text IS NULL OR r.report = $3)
             AND ($4::uuid IS NULL OR r.area_id = $4) AND ($5::text IS NULL OR r.kind = $5)
             AND ($6::text[] IS NULL OR r.state = ANY ($6))
             AND ($7::timestamptz IS NULL OR r.created_at < $7 OR (r.created_at = $7 AND (${place}) >
               (SELECT ${place} FROM report_run r WHERE r.tenant_id = $1 AND r.id = $8::uuid)))
           ORDER BY r.created_at DESC, ${place} LIMIT $9`,
          [
            tenantId,
            day ?? null,
            report ?? null,
            area ?? null,
            kind ?? null,
            states ?? null,
            after?.createdAt ?? null,
            after?.id ?? null,
            limit,
          ],
        );
        return rows;
      }),
    ofDay: (day, { hasSummaries }) =>
      run(async (client) => {
        const { rows } = await client.query<RunOfDay>(
          `SELECT ${dayColumns(hasSummaries)} FROM report_run r
           WHERE r.tenant_id = $1 AND r.day = $2 ORDER BY r.created_at, r.id`,
          [tenantId, day],
        );
        return rows;
      }),
    newest: () =>
      run(async (client) => {
        const { rows } = await client.query<ReportRun>(
          // Which they are, the index says alone: what is frozen with a run is read of the newest only.
          `SELECT ${runColumns} FROM report_run r WHERE r.tenant_id = $1 AND r.id IN (
             SELECT DISTINCT ON (report, area_id) id FROM report_run WHERE tenant_id = $1 AND state = 'done'
             ORDER BY report, area_id, created_at DESC, id DESC
           ) ORDER BY r.report, r.area_id`,
          [tenantId],
        );
        return rows;
      }),
    cancel: (id, at, beforeCommit) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE report_run SET state = 'cancelled', finished_at = $3, lease = NULL
           WHERE tenant_id = $1 AND id = $2 AND kind = 'by-hand' AND finished_at IS NULL AND frozen_at IS NULL`,
          [tenantId, id, at],
        );
        if (rowCount === 1) await beforeCommit();
        return rowCount === 1;
      }),
    markSealedAs: (id, eventId) =>
      run(async (client) => {
        await client.query(
          `UPDATE report_run SET sealed_as = $3
           WHERE tenant_id = $1 AND id = $2 AND state = 'done' AND sealed_as IS NULL`,
          [tenantId, id, eventId],
        );
      }),
    addLook: (runId, { name, at, what, userId }) =>
      run(async (client) => {
        await client.query(
          `INSERT INTO report_run_look (id, tenant_id, run_id, name, user_id, what, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [randomUUID(), tenantId, runId, name, userId, what, at],
        );
      }),
    looks: (runId, limit) =>
      run(async (client) => {
        const { rows } = await client.query<ReportRunLook>(
          `SELECT name, at, what FROM report_run_look WHERE tenant_id = $1 AND run_id = $2
           ORDER BY at DESC, id DESC LIMIT $3`,
          [tenantId, runId, limit],
        );
        return rows;
      }),
  };
}
