import type { RunSql } from '../scoped-transaction.ts';

export interface CheckpointMails {
  /**
   * Whether this caller is to send the mail of the day (`yyyy-mm-dd`): true for one caller, and again for one after
   * `retryAfterMs` while nobody has said that it was sent.
   */
  claim(day: string, times: { now: Date; retryAfterMs: number }): Promise<boolean>;
  markSent(day: string, now: Date): Promise<void>;
}

export function checkpointMails(run: RunSql, tenantId: string): CheckpointMails {
  return {
    claim: (day, { now, retryAfterMs }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `INSERT INTO checkpoint_mail AS mail (tenant_id, day, claimed_at) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id, day) DO UPDATE SET claimed_at = excluded.claimed_at
             WHERE mail.sent_at IS NULL AND mail.claimed_at <= $4`,
          [tenantId, day, now, new Date(now.getTime() - retryAfterMs)],
        );
        return rowCount === 1;
      }),
    markSent: (day, now) =>
      run(async (client) => {
        await client.query('UPDATE checkpoint_mail SET sent_at = $3 WHERE tenant_id = $1 AND day = $2', [
          tenantId,
          day,
          now,
        ]);
      }),
  };
}
