import { randomUUID } from 'node:crypto';
import type { RunSql } from '../../scoped-transaction.ts';
import { restoreColumns, type Restore } from './restore.ts';

/** A set that this caller alone may make until the lease ends. */
export type TakenRestore = Restore & { readonly lease: string };

type Held = Pick<TakenRestore, 'id' | 'lease'>;

/** What the worker that makes a set does to it. Every call but `take` answers false when the lease was lost or the set was cancelled. */
export interface RestoresUnderLease {
  /** Null when it is over, waits for later, or somebody else holds it. Counts the attempt. */
  take(id: string, times: { readonly now: Date; readonly leaseMs: number }): Promise<TakenRestore | null>;
  /** Keeps the lease until `until`. */
  keep(held: Held, until: Date): Promise<boolean>;
  /** Every block up to `block` is done: `done` records of the estimate, and `restored` documents more than before. */
  noteDone(
    held: Held,
    step: { readonly block: number; readonly done: number; readonly restored: number },
  ): Promise<boolean>;
  /** All of it is there and proven. */
  finish(held: Held, times: { readonly at: Date; readonly expiresAt: Date }): Promise<boolean>;
  /** No attempt will make it. */
  fail(held: Held, fault: { readonly at: Date; readonly errorCode: string }): Promise<boolean>;
  /** Lets it be taken again from `at` on; without a code the attempt does not count. */
  giveBack(held: Held, again: { readonly at: Date; readonly errorCode: string | null }): Promise<boolean>;
}

const take = `
  UPDATE restore r SET state = 'running', lease = $5, takeable_at = $4, attempts = r.attempts + 1,
         started_at = coalesce(r.started_at, $3)
  WHERE r.tenant_id = $1 AND r.id = $2 AND r.state IN ('waiting', 'running') AND r.takeable_at <= $3
  RETURNING ${restoreColumns}, r.lease`;

export function restoresUnderLease(run: RunSql, tenantId: string): RestoresUnderLease {
  const update = (assignments: string, held: Held, values: readonly unknown[]): Promise<boolean> =>
    run(async (client) => {
      const { rowCount } = await client.query(
        `UPDATE restore SET ${assignments} WHERE tenant_id = $1 AND id = $2 AND lease = $3 AND state = 'running'`,
        [tenantId, held.id, held.lease, ...values],
      );
      return rowCount === 1;
    });
  return {
    take: (id, { now, leaseMs }) =>
      run(async (client) => {
        const until = new Date(now.getTime() + leaseMs);
        const { rows } = await client.query<TakenRestore>(take, [tenantId, id, now, until, randomUUID()]);
        return rows[0] ?? null;
      }),
    keep: (held, until) => update('takeable_at = $4', held, [until]),
    noteDone: (held, { block, done, restored }) =>
      update('done_block = $4, done_records = done_records + $5, restored_records = restored_records + $6', held, [
        block,
        done,
        restored,
      ]),
    finish: (held, { at, expiresAt }) =>
      update(
        `state = 'done', finished_at = $4, expires_at = $5, lease = NULL, error_code = NULL, done_records = records`,
        held,
        [at, expiresAt],
      ),
    fail: (held, { at, errorCode }) =>
      update(`state = 'failed', finished_at = $4, ended_at = $4, error_code = $5, lease = NULL`, held, [at, errorCode]),
    giveBack: (held, { at, errorCode }) =>
      update(
        `state = 'waiting', takeable_at = $4, error_code = $5, lease = NULL,
         attempts = attempts - CASE WHEN $5::text IS NULL THEN 1 ELSE 0 END`,
        held,
        [at, errorCode],
      ),
  };
}
