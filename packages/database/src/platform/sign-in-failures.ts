import type { RunSql } from '../scoped-transaction.ts';

/** Failures under one subject: the hash of an address as it was typed, or of a network address. */
export interface SignInFailure {
  failures: number;
  firstAtMs: number;
  lastAtMs: number;
}

/**
 * Kept in the database, so that a lock outlives restarts and holds for all API processes together; by hash, so that the
 * table names nobody, and for addresses without an account as well.
 */
export interface SignInFailures {
  /**
   * Replaces what is stored by what `decide` makes of it, one caller at a time for a subject. `nowMs` is the database's
   * clock, which all processes share. With null nothing is left; with `keep` nothing changes.
   */
  change(
    subjectSha256: Buffer,
    decide: (stored: SignInFailure | null, nowMs: number) => SignInFailure | null | 'keep',
  ): Promise<void>;
  /** Removes what has not failed for so long. */
  removeOlderThan(ageMs: number): Promise<void>;
}

interface FailureRow {
  failures: number;
  firstAt: Date;
  lastAt: Date;
}

/** More than the clocks of PostgreSQL's servers are apart. */
const mostAheadMs = 5 * 60_000;

export function signInFailures(run: RunSql): SignInFailures {
  return {
    change: (subjectSha256, decide) =>
      run(async (client) => {
        // A row with no failures holds the lock where there was none yet.
        await client.query(
          `INSERT INTO sign_in_failure (subject_sha256, failures, first_at, last_at) VALUES ($1, 0, akashi_now(), akashi_now())
           ON CONFLICT (subject_sha256) DO NOTHING`,
          [subjectSha256],
        );
        const { rows } = await client.query<FailureRow & { now: Date }>(
          `SELECT failures, first_at AS "firstAt", last_at AS "lastAt", akashi_clock_timestamp() AS now
           FROM sign_in_failure WHERE subject_sha256 = $1 FOR UPDATE`,
          [subjectSha256],
        );
        const row = rows[0];
        if (row === undefined) throw new Error('a row that was just inserted is gone');
        const stored =
          // What failed in a time that was never reached, by a clock that was ahead, locks nobody out until then.
          row.failures === 0 || row.lastAt.getTime() > row.now.getTime() + mostAheadMs
            ? null
            : { failures: row.failures, firstAtMs: row.firstAt.getTime(), lastAtMs: row.lastAt.getTime() };
        const decided = decide(stored, row.now.getTime());
        const next = decided === 'keep' ? stored : decided;
        if (next === null) {
          await client.query('UPDATE sign_in_failure SET failures = 0 WHERE subject_sha256 = $1', [subjectSha256]);
        } else if (decided !== 'keep') {
          await client.query(
            'UPDATE sign_in_failure SET failures = $2, first_at = $3, last_at = $4 WHERE subject_sha256 = $1',
            [subjectSha256, next.failures, new Date(next.firstAtMs), new Date(next.lastAtMs)],
          );
        }
      }),
    removeOlderThan: (ageMs) =>
      run(async (client) => {
        await client.query(`DELETE FROM sign_in_failure WHERE last_at < akashi_now() - $1 * interval '1 millisecond'`, [
          ageMs,
        ]);
      }),
  };
}
