import type { IncidentKind } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** An incident that is not closed, by its place alone. */
export interface UnfinishedIncident {
  tenantId: TenantId;
  kind: IncidentKind;
  where: string;
  lastSeenAt: Date;
  /** The cause ended; a person has yet to close it. */
  hasEnded: boolean;
}

export interface ClaimedNotification {
  tenantId: TenantId;
  id: string;
}

/** What the worker looks for over all tenants at once, so that quiet ones cost nothing. */
export interface PlatformIncidents {
  unfinished(): Promise<UnfinishedIncident[]>;
  /** Messages that are due, for this caller alone until `until`; each counts as an attempt. */
  claimNotifications(claim: { now: Date; until: Date; limit: number }): Promise<ClaimedNotification[]>;
}

export function platformIncidents(run: RunSql): PlatformIncidents {
  return {
    unfinished: () =>
      run(async (client) => {
        const { rows } = await client.query<UnfinishedIncident>(
          `SELECT tenant_id AS "tenantId", kind, place AS "where", last_seen_at AS "lastSeenAt",
                  ended_at IS NOT NULL AS "hasEnded"
           FROM incident WHERE state <> 'closed' ORDER BY tenant_id, kind, place`,
        );
        return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
      }),
    claimNotifications: ({ now, until, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<ClaimedNotification>(
          `UPDATE notification SET claimed_until = $2, attempts = attempts + 1
           WHERE id IN (
             SELECT id FROM notification
             WHERE outcome IS NULL AND due_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
             ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
           RETURNING tenant_id AS "tenantId", id`,
          [now, until, limit],
        );
        return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
      }),
  };
}
