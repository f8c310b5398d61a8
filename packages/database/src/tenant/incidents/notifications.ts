import { incidentLogs, severityOf, type IncidentLogs, type TellingEvent, type ToldIncident } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';

/** One message that is due, with the incident as it is now. */
export interface DueNotification {
  readonly id: string;
  readonly channelId: string;
  readonly event: TellingEvent;
  /** With the one that is under way. */
  readonly attempts: number;
  /** The channel whose readers did not acknowledge; null unless it is an escalation. */
  readonly escalatedFrom: string | null;
  /** It was held by the hours of its channel, and its time has come. */
  readonly wasHeld: boolean;
  readonly incident: ToldIncident;
  /** Where the incident's logs stand. */
  readonly logs: IncidentLogs;
}

/**
 * Of a message: it was taken, it waits for another attempt, nobody tries again, the hours of its channel hold it (which is no
 * attempt), or nobody is to be told of it.
 */
export type NotificationResult =
  | { readonly outcome: 'sent'; readonly at: Date }
  | { readonly outcome: 'waits'; readonly until: Date; readonly error: string }
  | { readonly outcome: 'failed'; readonly at: Date; readonly error: string }
  | { readonly outcome: 'held'; readonly until: Date }
  | { readonly outcome: 'dropped'; readonly at: Date };

export interface Notifications {
  /** Those of the claimed ids that still wait, oldest incident first. */
  load(ids: readonly string[]): Promise<DueNotification[]>;
  settle(ids: readonly string[], result: NotificationResult): Promise<void>;
}

export function notifications(run: RunSql, tenantId: string): Notifications {
  return {
    load: (ids) =>
      run(async (client) => {
        const { rows } = await client.query<Row>(
          `SELECT n.id, n.channel_id AS "channelId", n.event, n.attempts, n.escalated_from AS "escalatedFrom",
             n.held_until IS NOT NULL AS "wasHeld", i.details,
             jsonb_build_object('id', i.id, 'kind', i.kind, 'where', i.place, 'cause', i.cause, 'state', i.state,
               'startedAt', i.started_at, 'lastSeenAt', i.last_seen_at, 'endedAt', i.ended_at, 'count', i.count) AS incident
           FROM notification n JOIN incident i ON i.id = n.incident_id
           WHERE n.tenant_id = $1 AND n.id = ANY ($2::uuid[]) AND n.outcome IS NULL
           ORDER BY i.started_at, i.id`,
          [tenantId, ids],
        );
        return rows.map(({ details, ...row }) => {
          const severity = severityOf(row.incident.kind, details);
          return { ...row, incident: { ...withDates(row.incident), severity }, logs: incidentLogs(details) };
        });
      }),
    settle: (ids, result) =>
      run(async (client) => {
        if (result.outcome === 'held') {
          await client.query(
            `UPDATE notification SET held_until = $3, due_at = $3, claimed_until = NULL, attempts = attempts - 1
             WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND outcome IS NULL`,
            [tenantId, ids, result.until],
          );
          return;
        }
        const isOver = result.outcome !== 'waits';
        await client.query(
          `UPDATE notification SET outcome = $3, error = $4, finished_at = $5, claimed_until = NULL,
             due_at = coalesce($6, due_at)
           WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND outcome IS NULL`,
          [
            tenantId,
            ids,
            isOver ? result.outcome : null,
            'error' in result ? result.error : null,
            isOver ? result.at : null,
            isOver ? null : result.until,
          ],
        );
      }),
  };
}

type Row = Omit<DueNotification, 'logs' | 'incident'> & {
  readonly incident: StoredIncident;
  readonly details: Readonly<Record<string, unknown>>;
};
type StoredIncident = Omit<ToldIncident, 'severity'>;

/** JSON holds times as text. */
function withDates(incident: StoredIncident): StoredIncident {
  const { startedAt, lastSeenAt, endedAt } = incident;
  return {
    ...incident,
    startedAt: new Date(startedAt),
    lastSeenAt: new Date(lastSeenAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
  };
}
