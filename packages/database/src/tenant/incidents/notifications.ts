import type { TellingEvent, ToldIncident } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';

/** One message that is due, with the incident as it is now. */
export interface DueNotification {
  readonly id: string;
  readonly channelId: string;
  readonly event: TellingEvent;
  /** With the one that is under way. */
  readonly attempts: number;
  readonly incident: ToldIncident;
}

/** Of a message: it was taken, it waits for another attempt, or nobody tries again. */
export type NotificationResult =
  | { readonly outcome: 'sent'; readonly at: Date }
  | { readonly outcome: 'waits'; readonly until: Date; readonly error: string }
  | { readonly outcome: 'failed'; readonly at: Date; readonly error: string };

export interface Notifications {
  /** Those of the claimed ids that still wait, oldest incident first. */
  load(ids: readonly string[]): Promise<DueNotification[]>;
  settle(ids: readonly string[], result: NotificationResult): Promise<void>;
}

export function notifications(run: RunSql, tenantId: string): Notifications {
  return {
    load: (ids) =>
      run(async (client) => {
        const { rows } = await client.query<DueNotification>(
          `SELECT n.id, n.channel_id AS "channelId", n.event, n.attempts,
             jsonb_build_object('id', i.id, 'kind', i.kind, 'where', i.place, 'cause', i.cause, 'state', i.state,
               'startedAt', i.started_at, 'lastSeenAt', i.last_seen_at, 'endedAt', i.ended_at, 'count', i.count) AS incident
           FROM notification n JOIN incident i ON i.id = n.incident_id
           WHERE n.tenant_id = $1 AND n.id = ANY ($2::uuid[]) AND n.outcome IS NULL
           ORDER BY i.started_at, i.id`,
          [tenantId, ids],
        );
        return rows.map((row) => ({ ...row, incident: withDates(row.incident) }));
      }),
    settle: (ids, result) =>
      run(async (client) => {
        const isOver = result.outcome !== 'waits';
        await client.query(
          `UPDATE notification SET outcome = $3, error = $4, finished_at = $5, claimed_until = NULL,
             due_at = coalesce($6, due_at)
           WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND outcome IS NULL`,
          [
            tenantId,
            ids,
            isOver ? result.outcome : null,
            result.outcome === 'sent' ? null : result.error,
            isOver ? result.at : null,
            isOver ? null : result.until,
          ],
        );
      }),
  };
}

/** JSON holds times as text. */
function withDates(incident: DueNotification['incident']): DueNotification['incident'] {
  const { startedAt, lastSeenAt, endedAt } = incident;
  return {
    ...incident,
    startedAt: new Date(startedAt),
    lastSeenAt: new Date(lastSeenAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
  };
}
