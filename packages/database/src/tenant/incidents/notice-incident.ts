import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import {
  closesByItself,
  remindsAfterMs,
  reopensWithinMs,
  severities,
  severityOf,
  severityRank,
  type Notice,
  type NoticeEffect,
} from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';

/** Figures and short words beside the cause, such as an event's id or bytes. Never log content. */
export type IncidentDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type IncidentNotice = Notice & { readonly details?: IncidentDetails | undefined };

/**
 * One statement, so that no two that notice the same at the same moment make two of it: the newest closed incident of the
 * place counts on or comes back (`afterNotice` of the policy says when), else a new row is made, else the unfinished one
 * counts. What is to be told of it goes to the outbox with the same commit.
 * Parameters: tenant, kind, place, cause, details, at, count, new id, reopens within ms, first and further reminder in ms, the
 * severities that are not above the incident's.
 */
const noticeStatement = `
  WITH newest AS (
    SELECT id FROM incident
    WHERE tenant_id = $1::uuid AND kind = $2::text AND place = $3::text AND state = 'closed'
      AND NOT EXISTS (
        SELECT FROM incident WHERE tenant_id = $1::uuid AND kind = $2::text AND place = $3::text AND state <> 'closed')
    ORDER BY ended_at DESC, started_at DESC LIMIT 1
  ), resumed AS (
    UPDATE incident i SET
      count = i.count + $7::bigint, started_at = least(i.started_at, $6::timestamptz),
      last_seen_at = greatest(i.last_seen_at, $6::timestamptz),
      cause = CASE WHEN $6::timestamptz >= i.last_seen_at THEN $4::text ELSE i.cause END,
      details = CASE WHEN $6::timestamptz >= i.last_seen_at THEN $5::jsonb ELSE i.details END,
      state = CASE WHEN $6::timestamptz <= i.ended_at THEN 'closed' ELSE 'open' END,
      acknowledged_by = CASE WHEN $6::timestamptz <= i.ended_at THEN i.acknowledged_by END,
      acknowledged_at = CASE WHEN $6::timestamptz <= i.ended_at THEN i.acknowledged_at END,
      ended_at = CASE WHEN $6::timestamptz <= i.ended_at THEN i.ended_at END
    FROM newest
    WHERE i.id = newest.id AND i.state = 'closed' AND ($6::timestamptz <= i.ended_at
      OR (i.closed_by IS NULL AND $6::timestamptz - i.ended_at <= $9::bigint * interval '1 millisecond'))
    RETURNING i.id, i.state
  ), noticed AS (
    INSERT INTO incident AS i (id, tenant_id, kind, place, cause, details, started_at, last_seen_at, count)
    SELECT $8::uuid, $1::uuid, $2::text, $3::text, $4::text, $5::jsonb, $6::timestamptz, $6::timestamptz, $7::bigint
    WHERE NOT EXISTS (SELECT FROM resumed)
    ON CONFLICT (tenant_id, kind, place) WHERE state <> 'closed' DO UPDATE SET
      count = i.count + excluded.count, started_at = least(i.started_at, excluded.started_at),
      last_seen_at = greatest(i.last_seen_at, excluded.last_seen_at),
      cause = CASE WHEN excluded.last_seen_at >= i.last_seen_at THEN excluded.cause ELSE i.cause END,
      details = CASE WHEN excluded.last_seen_at >= i.last_seen_at THEN excluded.details ELSE i.details END,
      ended_at = CASE WHEN excluded.last_seen_at > i.ended_at THEN NULL ELSE i.ended_at END
    RETURNING i.id, i.state
  ), subject AS (
    SELECT id, CASE state WHEN 'closed' THEN 'late' ELSE 'reopened' END AS effect, state FROM resumed
    UNION ALL
    SELECT id, CASE WHEN id = $8::uuid THEN 'opened' ELSE 'repeated' END, state FROM noticed
  ), hearer AS (
    SELECT c.id, c.escalates_to, c.escalates_after_minutes
    FROM notification_channel c
    WHERE c.tenant_id = $1::uuid AND c.enabled AND c.removed_at IS NULL
      AND (coalesce(cardinality(c.kinds), 0) = 0 OR $2::text = ANY (c.kinds))
      AND c.minimal_severity = ANY ($12::text[])
      -- A channel is not told by itself that it fails.
      AND NOT ($2::text = 'notification-failed' AND $3::text = 'channel ' || c.id)
  ), message AS (
    SELECT s.id AS incident_id, c.id AS channel_id, s.effect AS event, NULL::uuid AS escalated_from,
      CASE s.effect WHEN 'repeated' THEN greatest($6::timestamptz,
        before.last + CASE before.times WHEN 1 THEN $10::bigint ELSE $11::bigint END * interval '1 millisecond')
      ELSE $6::timestamptz END AS due_at
    FROM subject s CROSS JOIN hearer c
    CROSS JOIN LATERAL (
      SELECT count(*) AS times, max(due_at) AS last FROM notification
      WHERE incident_id = s.id AND channel_id = c.id AND escalated_from IS NULL) before
    WHERE s.effect IN ('opened', 'reopened') OR (s.effect = 'repeated' AND s.state = 'open')
    UNION ALL
    -- Whoever is told when nobody acknowledges; dropped when somebody does, or when the incident closes.
    SELECT s.id, e.id, 'escalated', c.id, $6::timestamptz + c.escalates_after_minutes * interval '1 minute'
    FROM subject s CROSS JOIN hearer c
    JOIN notification_channel e ON e.tenant_id = $1::uuid AND e.id = c.escalates_to AND e.enabled AND e.removed_at IS NULL
    WHERE s.effect IN ('opened', 'reopened') AND NOT ($2::text = 'notification-failed' AND $3::text = 'channel ' || e.id)
  ), told AS (
    INSERT INTO notification (id, tenant_id, channel_id, incident_id, event, due_at, escalated_from)
    SELECT gen_random_uuid(), $1::uuid, channel_id, incident_id, event, due_at, escalated_from FROM message
    ON CONFLICT (incident_id, channel_id, escalated_from) WHERE outcome IS NULL DO NOTHING
  )
  SELECT id, effect FROM subject`;

const uniqueViolation = '23505';

/** Two processes whose clocks differ may bring back an old incident and make a new one in the same moment. */
const tries = 3;

export async function noticeIncident(
  run: RunSql,
  tenantId: string,
  notice: IncidentNotice,
): Promise<{ id: string; effect: NoticeEffect }> {
  for (let left = tries; ; left -= 1) {
    try {
      return await run((client) => noticeIncidentWith(client, tenantId, notice));
    } catch (error) {
      const isClash = error instanceof Error && 'code' in error && error.code === uniqueViolation;
      if (!isClash || left === 1) throw error;
    }
  }
}

/** The same within a transaction, where nobody else notices at this place. */
export async function noticeIncidentWith(
  client: PoolClient,
  tenantId: string,
  { kind, where, cause, details = {}, at, count = 1 }: IncidentNotice,
): Promise<{ id: string; effect: NoticeEffect }> {
  const { first, further } = remindsAfterMs;
  const values = [tenantId, kind, where, cause, JSON.stringify(details), at, count, randomUUID(), reopensWithinMs];
  const { rows } = await client.query<{ id: string; effect: NoticeEffect }>(noticeStatement, [
    ...values,
    first,
    further,
    severities.slice(0, severityRank(severityOf(kind, details)) + 1),
  ]);
  if (rows[0] === undefined) throw new Error('a notice made no incident');
  return rows[0];
}

/** What nobody needs to be told any more once an incident is acknowledged or closed: that nobody was at it. */
const dropEscalationsStatement = `
  UPDATE notification SET outcome = 'dropped', finished_at = $2::timestamptz
  WHERE tenant_id = $1 AND incident_id = ANY ($3::uuid[]) AND outcome IS NULL AND event = 'escalated'`;

/** Tells those who were told of an incident that it is closed; a reminder that waits becomes this message. */
const tellClosedStatement = `
  INSERT INTO notification (id, tenant_id, channel_id, incident_id, event, due_at)
  SELECT gen_random_uuid(), $1, told.channel_id, told.incident_id, 'closed', $2::timestamptz
  FROM (SELECT DISTINCT n.channel_id, n.incident_id FROM notification n
        JOIN notification_channel c ON c.id = n.channel_id AND c.enabled AND c.removed_at IS NULL
        WHERE n.tenant_id = $1 AND n.incident_id = ANY ($3::uuid[]) AND n.outcome IS DISTINCT FROM 'dropped') told
  ON CONFLICT (incident_id, channel_id, escalated_from) WHERE outcome IS NULL
    DO UPDATE SET event = 'closed', due_at = excluded.due_at WHERE notification.event = 'repeated'`;

/** In the transaction that closes incidents: whoever was told of them is told, and nobody else. */
export const closingStatements = [dropEscalationsStatement, tellClosedStatement] as const;

/** The cause ended; see `afterCease` of the policy. Answers whether an incident closed by it. */
export function ceaseIncident(
  run: RunSql,
  tenantId: string,
  { kind, where, at }: Pick<Notice, 'kind' | 'where' | 'at'>,
): Promise<boolean> {
  return run(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `WITH ended AS (
         UPDATE incident SET ended_at = $4, state = CASE WHEN $5 THEN 'closed' ELSE state END
         WHERE tenant_id = $1 AND kind = $2 AND place = $3 AND state <> 'closed' AND ended_at IS NULL
           AND last_seen_at <= $4
         RETURNING id, state)
       SELECT id FROM ended WHERE state = 'closed'`,
      [tenantId, kind, where, at, closesByItself(kind)],
    );
    const closed = rows.map(({ id }) => id);
    if (closed.length > 0) {
      for (const statement of closingStatements) await client.query(statement, [tenantId, at, closed]);
    }
    return closed.length > 0;
  });
}
