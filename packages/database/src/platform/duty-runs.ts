import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** Which run is meant: one period of a duty, of an organisation or (null) of the installation. */
export interface DutyRunName {
  tenantId: TenantId | null;
  duty: string;
  period: string;
}

/** A duty as it should be planned for each organisation that it is for. */
export interface WantedDuty {
  duty: string;
  /** Kept with each run; an organisation's zone is added where `isLocal`. Another one, and a pending run is planned again. */
  schedule: string;
  isLocal: boolean;
  /** A pending run that waits for longer was planned by a clock that was ahead. */
  farthestDueAt: Date;
  forInstallation: boolean;
  /** Whether closed organisations, and the platform's own, have it too. */
  of: { closed: boolean; platform: boolean };
}

/** A duty without a pending run, with one of another schedule that nobody took yet, or with one that waits too far ahead. */
export interface UnplannedDuty {
  tenantId: TenantId | null;
  duty: string;
  timeZone: string;
  schedule: string;
  /** Null where the pending run's says nothing: there is none, or it is of a time that was never reached. */
  pendingPeriod: string | null;
}

export interface PlannedRun extends DutyRunName {
  schedule: string;
  dueAt: Date;
  /** From then on it is late. */
  lateAt: Date;
}

/** A run that this caller alone may do until the lease ends. */
export interface TakenRun extends DutyRunName {
  id: string;
  lease: string;
  schedule: string;
  dueAt: Date;
  lateAt: Date;
  /** This attempt included. */
  attempts: number;
  wasToldLate: boolean;
  /** Of the attempt before this one. */
  errorCode: string | null;
  /** Of the organisation; null for the installation. */
  organisation: { timeZone: string; status: string; kind: string } | null;
}

export type DutyOutcome = 'done' | 'failed' | 'skipped';

export interface EndedRun {
  outcome: DutyOutcome;
  errorCode: string | null;
  at: Date;
  /** Planned in the same commit; null where the duty ends with this run. */
  next: PlannedRun | null;
}

/** The runs of duties (one row for each period), for the workers. Moments are the caller's. */
export interface DutyRuns {
  /** What has no pending run as wanted, of all organisations, in one query. */
  findUnplanned(wanted: readonly WantedDuty[]): Promise<UnplannedDuty[]>;
  /** A run whose period there was before is left out: it ended, or another worker planned it. */
  plan(runs: readonly PlannedRun[]): Promise<void>;
  /** What may be taken, longest due first. */
  findDue(wanted: { duties: readonly string[]; now: Date; limit: number }): Promise<DutyRunName[]>;
  /** Takes a run that is due, for `leaseMs`, in one statement; null when it ended or somebody else holds it. */
  take(name: DutyRunName, times: { now: Date; leaseMs: number }): Promise<TakenRun | null>;
  /** False when the lease was lost. */
  extend(run: Pick<TakenRun, 'id' | 'lease'>, until: Date): Promise<boolean>;
  /** False when the lease was lost: what was done then counts for whoever holds it now. */
  end(run: Pick<TakenRun, 'id' | 'lease'>, ended: EndedRun): Promise<boolean>;
  /** Gives a run back, to be taken again from `at` on. With an error code the attempt counts, without it does not. */
  giveBack(run: Pick<TakenRun, 'id' | 'lease'>, again: { at: Date; errorCode: string | null }): Promise<boolean>;
  /**
   * Pending runs that were found late `graceMs` ago or longer and still are, each told once. What an outage made late is
   * done within that time, and nobody is called for it.
   */
  findNewlyLate(times: {
    now: Date;
    graceMs: number;
  }): Promise<(DutyRunName & { dueAt: Date; errorCode: string | null })[]>;
  /** Removes runs of a duty that ended before; answers how many. */
  removeEnded(of: { duty: string; before: Date; limit: number }): Promise<number>;
}

interface RunRow {
  tenantId: string | null;
  duty: string;
  period: string;
}

const toName = <T extends RunRow>(row: T): T & DutyRunName => ({
  ...row,
  tenantId: row.tenantId === null ? null : tenantId(row.tenantId),
});

const waitsTooLong = (place: string): string => `(greatest(r.due_at, r.takeable_at) > ${place}.farthest)`;

const findUnplanned = `
  WITH wanted AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::bool[], $4::bool[], $5::bool[], $6::bool[], $7::timestamptz[])
      AS d(duty, schedule, is_local, for_installation, closed, platform, farthest)
  ), places AS (
    SELECT t.id AS tenant_id, d.duty, t.time_zone, d.farthest,
           d.schedule || CASE WHEN d.is_local THEN ' in ' || t.time_zone ELSE '' END AS schedule
    FROM tenant t JOIN wanted d ON NOT d.for_installation AND (d.closed OR t.status <> 'closed')
      AND (d.platform OR t.kind <> 'platform')
  )
  SELECT p.tenant_id AS "tenantId", p.duty, p.time_zone AS "timeZone", p.schedule,
         CASE WHEN NOT ${waitsTooLong('p')} THEN r.period END AS "pendingPeriod"
  FROM places p LEFT JOIN duty_run r ON r.tenant_id = p.tenant_id AND r.duty = p.duty AND r.finished_at IS NULL
  WHERE r.id IS NULL OR (r.started_at IS NULL AND r.schedule <> p.schedule) OR ${waitsTooLong('p')}
  UNION ALL
  SELECT NULL, d.duty, 'UTC', d.schedule, CASE WHEN NOT ${waitsTooLong('d')} THEN r.period END
  FROM wanted d LEFT JOIN duty_run r ON r.tenant_id IS NULL AND r.duty = d.duty AND r.finished_at IS NULL
  WHERE d.for_installation
    AND (r.id IS NULL OR (r.started_at IS NULL AND r.schedule <> d.schedule) OR ${waitsTooLong('d')})`;

const columnsOf = (runs: readonly PlannedRun[]): unknown[] => [
  runs.map(() => randomUUID()),
  runs.map((run) => run.tenantId),
  runs.map((run) => run.duty),
  runs.map((run) => run.period),
  runs.map((run) => run.schedule),
  runs.map((run) => run.dueAt),
  runs.map((run) => run.lateAt),
];

async function insertPlanned(client: PoolClient, runs: readonly PlannedRun[]): Promise<void> {
  await client.query(
    `INSERT INTO duty_run (id, tenant_id, duty, period, schedule, due_at, late_at, takeable_at)
     SELECT id, tenant_id, duty, period, schedule, due_at, late_at, due_at
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
       AS p(id, tenant_id, duty, period, schedule, due_at, late_at)
     ON CONFLICT DO NOTHING`,
    columnsOf(runs),
  );
}

/**
 * Pending runs of another schedule that nobody took make room for those that are planned instead, and so do runs of a clock
 * that was ahead, whoever held them.
 */
async function removeOutdated(client: PoolClient, runs: readonly PlannedRun[]): Promise<void> {
  await client.query(
    `DELETE FROM duty_run r USING unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
       AS p(tenant_id, duty, schedule, due_at)
     WHERE r.duty = p.duty AND r.finished_at IS NULL
       AND ((r.started_at IS NULL AND r.schedule <> p.schedule)
         OR greatest(r.due_at, r.takeable_at) > p.due_at + interval '1 hour')
       AND (r.tenant_id = p.tenant_id OR (r.tenant_id IS NULL AND p.tenant_id IS NULL))`,
    [
      runs.map((run) => run.tenantId),
      runs.map((run) => run.duty),
      runs.map((run) => run.schedule),
      runs.map((run) => run.dueAt),
    ],
  );
}

const take = `
  UPDATE duty_run r SET lease = $6, takeable_at = $5, attempts = r.attempts + 1, started_at = coalesce(r.started_at, $4)
  FROM duty_run same LEFT JOIN tenant t ON t.id = same.tenant_id
  WHERE same.id = r.id AND r.duty = $2 AND r.period = $3
    AND (r.tenant_id = $1::uuid OR ($1::uuid IS NULL AND r.tenant_id IS NULL))
    AND r.finished_at IS NULL AND r.takeable_at <= $4
  RETURNING r.id, r.tenant_id AS "tenantId", r.duty, r.period, r.lease, r.schedule, r.due_at AS "dueAt",
    r.late_at AS "lateAt", r.attempts, r.late_told_at IS NOT NULL AS "wasToldLate",
    r.error_code AS "errorCode", t.time_zone AS "timeZone", t.status,
    t.kind`;

type TakenRow = Omit<TakenRun, 'organisation' | 'tenantId'> & {
  tenantId: string | null;
  timeZone: string | null;
  status: string | null;
  kind: string | null;
};

function toTaken({ timeZone, status, kind, ...row }: TakenRow): TakenRun {
  const organisation = timeZone === null || status === null || kind === null ? null : { timeZone, status, kind };
  return { ...toName(row), organisation };
}

export function dutyRuns(run: RunSql): DutyRuns {
  return {
    findUnplanned: (wanted) =>
      run(async (client) => {
        const { rows } = await client.query<UnplannedDuty & { tenantId: string | null }>(findUnplanned, [
          wanted.map(({ duty }) => duty),
          wanted.map(({ schedule }) => schedule),
          wanted.map(({ isLocal }) => isLocal),
          wanted.map(({ forInstallation }) => forInstallation),
          wanted.map(({ of }) => of.closed),
          wanted.map(({ of }) => of.platform),
          wanted.map(({ farthestDueAt }) => farthestDueAt),
        ]);
        return rows.map((row) => ({ ...row, tenantId: row.tenantId === null ? null : tenantId(row.tenantId) }));
      }),
    plan: (runs) =>
      run(async (client) => {
        await removeOutdated(client, runs);
        await insertPlanned(client, runs);
      }),
    findDue: ({ duties, now, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<RunRow>(
          `SELECT tenant_id AS "tenantId", duty, period FROM duty_run
           WHERE finished_at IS NULL AND takeable_at <= $1 AND duty = ANY ($2)
           ORDER BY takeable_at, tenant_id LIMIT $3`,
          [now, duties, limit],
        );
        return rows.map((row) => toName(row));
      }),
    take: (name, { now, leaseMs }) =>
      run(async (client) => {
        const until = new Date(now.getTime() + leaseMs);
        const values = [name.tenantId, name.duty, name.period, now, until, randomUUID()];
        const row = (await client.query<TakenRow>(take, values)).rows[0];
        return row === undefined ? null : toTaken(row);
      }),
    extend: ({ id, lease }, until) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'UPDATE duty_run SET takeable_at = $3 WHERE id = $1 AND lease = $2 AND finished_at IS NULL',
          [id, lease, until],
        );
        return rowCount === 1;
      }),
    end: ({ id, lease }, { outcome, errorCode, at, next }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE duty_run SET finished_at = $3, outcome = $4, error_code = $5, lease = NULL,
             started_at = CASE WHEN $4 = 'skipped' AND attempts = 1 THEN NULL ELSE started_at END
           WHERE id = $1 AND lease = $2 AND finished_at IS NULL`,
          [id, lease, at, outcome, errorCode],
        );
        if (rowCount === 1 && next !== null) await insertPlanned(client, [next]);
        return rowCount === 1;
      }),
    giveBack: ({ id, lease }, { at, errorCode }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE duty_run SET takeable_at = $3, lease = NULL, error_code = $4,
             attempts = attempts - CASE WHEN $4::text IS NULL THEN 1 ELSE 0 END,
             started_at = CASE WHEN $4::text IS NULL AND attempts = 1 THEN NULL ELSE started_at END
           WHERE id = $1 AND lease = $2 AND finished_at IS NULL`,
          [id, lease, at, errorCode],
        );
        return rowCount === 1;
      }),
    findNewlyLate: ({ now, graceMs }) =>
      run(async (client) => {
        await client.query(
          'UPDATE duty_run SET late_seen_at = $1 WHERE finished_at IS NULL AND late_at <= $1 AND late_seen_at IS NULL',
          [now],
        );
        const { rows } = await client.query<RunRow & { dueAt: Date; errorCode: string | null }>(
          `UPDATE duty_run SET late_told_at = $1
           WHERE finished_at IS NULL AND late_seen_at <= $2 AND late_told_at IS NULL
           RETURNING tenant_id AS "tenantId", duty, period, due_at AS "dueAt", error_code AS "errorCode"`,
          [now, new Date(now.getTime() - graceMs)],
        );
        return rows.map((row) => toName(row));
      }),
    removeEnded: ({ duty, before, limit }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `DELETE FROM duty_run WHERE id IN (
             SELECT id FROM duty_run WHERE duty = $1 AND finished_at < $2 ORDER BY finished_at LIMIT $3)`,
          [duty, before, limit],
        );
        return rowCount ?? 0;
      }),
  };
}
