import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { daysOfGroups } from './days-of-groups.ts';
import { forgetDocuments } from './derivations.ts';

export interface OnlineDaysStore {
  /**
   * Marks documents that are to be made again to stay online for longer, newest segments first, of log groups whose days were
   * raised. Those that went up to `slackDays` ago may still be there, and come back. Answers how many segments there were.
   */
  markRaised(wanted: { limit: number; now: Date; slackDays: number }): Promise<number>;
  /** Notes the raises of which every document has been made again. Answers how many log groups wait. */
  settleRaises(now: Date): Promise<number>;
}

/** Segments of raised log groups, with the days that their documents are to have. */
const raised = `
  landing_segment AS s
  JOIN block_log_group AS r ON r.tenant_id = s.tenant_id AND r.block_number = s.block_number
  JOIN online_raise AS o ON o.tenant_id = r.tenant_id AND o.log_group = r.log_group AND o.done_at IS NULL`;

export function onlineDays(run: RunSql, tenantId: string): OnlineDaysStore {
  return {
    markRaised: ({ limit, now, slackDays }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE landing_segment AS l SET ${forgetDocuments}, online_days = w.days
           FROM (
             SELECT DISTINCT s.segment_id, s.online_days, (${daysOfGroups}) AS days FROM ${raised}
             WHERE s.tenant_id = $1 AND s.sealed_at IS NOT NULL AND s.indexed_at IS NOT NULL
               AND s.accepted_at >= $2::timestamptz - (s.online_days + $4::int) * interval '1 day'
               AND s.online_days < (${daysOfGroups})
             ORDER BY s.segment_id DESC LIMIT $3) AS w
           WHERE l.tenant_id = $1 AND l.segment_id = w.segment_id`,
          [tenantId, now, limit, slackDays],
        );
        return rowCount ?? 0;
      }),
    settleRaises: (now) =>
      run(async (client) => {
        await client.query(
          `UPDATE online_raise AS done SET done_at = $2
           WHERE done.tenant_id = $1 AND done.done_at IS NULL AND NOT EXISTS (
             SELECT FROM ${raised}
             WHERE s.tenant_id = $1 AND r.log_group = done.log_group AND s.indexed_at IS NOT NULL
               AND s.indexed_generation = 0)`,
          [tenantId, now],
        );
        const { rows } = await client.query<{ waiting: number }>(
          'SELECT count(*)::int AS waiting FROM online_raise WHERE tenant_id = $1 AND done_at IS NULL',
          [tenantId],
        );
        return rows[0]?.waiting ?? 0;
      }),
  };
}

/**
 * In the transaction that seals a block: documents that were made before it are made again where one of its log groups has
 * more days online by now. Those that are on their way learn of it when they are noted.
 */
export async function raiseSealed(client: PoolClient, tenantId: string, block: number): Promise<void> {
  await client.query(
    `UPDATE landing_segment AS l SET ${forgetDocuments}, online_days = w.days
     FROM (SELECT s.segment_id, (${daysOfGroups}) AS days FROM landing_segment AS s
           WHERE s.tenant_id = $1 AND s.block_number = $2) AS w
     WHERE l.tenant_id = $1 AND l.segment_id = w.segment_id AND l.indexed_at IS NOT NULL
       AND l.online_days < w.days`,
    [tenantId, block],
  );
}
