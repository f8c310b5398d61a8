import type { RunSql } from '../scoped-transaction.ts';

/** One period of a duty as it stands or ended. */
export interface DutyRun {
  period: string;
  dueAt: Date;
  lateAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  outcome: string | null;
  errorCode: string | null;
  attempts: number;
}

export interface DutyStanding {
  duty: string;
  /** The newest that ended, those that a newer one did the work of left out; null before the first. */
  last: DutyRun | null;
  /** The one that is due next, or under way; null where nothing is planned. */
  pending: (DutyRun & { isRunning: boolean }) | null;
}

export interface Duties {
  /** How the named duties stand, in their order. */
  standing(duties: readonly string[], now: Date): Promise<DutyStanding[]>;
  /** The newest runs of one duty that ended, newest first. */
  history(duty: string, page: { limit: number }): Promise<DutyRun[]>;
}

const columns = `period, due_at AS "dueAt", late_at AS "lateAt", started_at AS "startedAt", finished_at AS "finishedAt",
  outcome, error_code AS "errorCode", attempts`;

/** Of the tenant whose handle it is, or of the installation with null. */
export function duties(run: RunSql, tenantId: string | null): Duties {
  const own = '(tenant_id = $1 OR ($1::uuid IS NULL AND tenant_id IS NULL))';
  return {
    standing: (names, now) =>
      run(async (client) => {
        const { rows: pending } = await client.query<DutyRun & { duty: string; isRunning: boolean }>(
          `SELECT duty, ${columns}, lease IS NOT NULL AND takeable_at > $2 AS "isRunning" FROM duty_run
           WHERE ${own} AND finished_at IS NULL`,
          [tenantId, now],
        );
        const { rows: last } = await client.query<DutyRun & { duty: string }>(
          `SELECT r.* FROM unnest($2::text[]) AS d(duty) CROSS JOIN LATERAL (
             SELECT duty, ${columns} FROM duty_run
             WHERE ${own} AND duty = d.duty AND finished_at IS NOT NULL AND outcome <> 'skipped'
             ORDER BY due_at DESC LIMIT 1) r`,
          [tenantId, names],
        );
        return names.map((duty) => ({
          duty,
          last: last.find((row) => row.duty === duty) ?? null,
          pending: pending.find((row) => row.duty === duty) ?? null,
        }));
      }),
    history: (duty, { limit }) =>
      run(async (client) => {
        const { rows } = await client.query<DutyRun>(
          `SELECT ${columns} FROM duty_run WHERE ${own} AND duty = $2 AND finished_at IS NOT NULL
           ORDER BY due_at DESC LIMIT $3`,
          [tenantId, duty, limit],
        );
        return rows;
      }),
  };
}
