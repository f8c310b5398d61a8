import { canSignIn } from '../tenant/can-sign-in.ts';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** What the installation's people see of an organisation: figures, no log content and no names of log groups. */
export interface TenantOverview {
  id: TenantId;
  slug: string;
  kind: string;
  nameJa: string;
  nameEn: string;
  timeZone: string;
  language: string;
  status: string;
  createdAt: Date;
  suspendedAt: Date | null;
  closedAt: Date | null;
  /** As stored: what is not in it has its default. */
  quotas: unknown;
  people: number;
  /** Whether anybody ever had an account. */
  hadPeople: boolean;
  /** Administrators who can sign in now. */
  administrators: number;
  storedBytes: number;
  dayRecords: number;
  dayBytes: number;
  lastReceivedAt: Date | null;
}

/** Where the pipeline of one organisation stands. */
export interface TenantBacklog {
  id: TenantId;
  slug: string;
  waitingSegments: number;
  waitingBytes: number;
  oldestAcceptedAt: Date | null;
  /** How the newest verification ended; what it found is the organisation's own. */
  verification: string | null;
  verifiedAt: Date | null;
}

export interface TenantOverviews {
  tenantOverviews(only?: TenantId): Promise<TenantOverview[]>;
  tenantBacklogs(): Promise<TenantBacklog[]>;
}

const overviewQuery = `
  SELECT t.id, t.slug, t.kind, t.name_ja AS "nameJa", t.name_en AS "nameEn", t.time_zone AS "timeZone", t.language,
         t.status, t.created_at AS "createdAt", t.suspended_at AS "suspendedAt", t.closed_at AS "closedAt", t.quotas,
         (SELECT count(*) FROM app_user u WHERE u.tenant_id = t.id AND u.disabled_at IS NULL) AS people,
         EXISTS (SELECT FROM app_user u WHERE u.tenant_id = t.id) AS "hadPeople",
         (SELECT count(*)::int FROM app_user u WHERE u.tenant_id = t.id AND u.role = 'tenant-admin' AND ${canSignIn('u')})
           AS administrators,
         coalesce(l.stored_bytes, 0) AS "storedBytes", day.records AS "dayRecords", day.bytes AS "dayBytes",
         (SELECT max(s.accepted_at) FROM landing_segment s WHERE s.tenant_id = t.id) AS "lastReceivedAt"
  FROM tenant t LEFT JOIN tenant_log l ON l.tenant_id = t.id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(s.records), 0)::bigint AS records, coalesce(sum(s.bytes), 0)::bigint AS bytes
    FROM landing_segment s WHERE s.tenant_id = t.id AND s.accepted_at > akashi_now() - interval '1 day') day
  WHERE $1::uuid IS NULL OR t.id = $1
  ORDER BY t.slug`;

const backlogQuery = `
  SELECT t.id, t.slug, waiting.segments AS "waitingSegments", waiting.bytes AS "waitingBytes",
         waiting.oldest AS "oldestAcceptedAt", v.outcome AS verification, v.finished_at AS "verifiedAt"
  FROM tenant t
  CROSS JOIN LATERAL (
    SELECT count(*) AS segments, coalesce(sum(s.bytes), 0)::bigint AS bytes, min(s.accepted_at) AS oldest
    FROM landing_segment s WHERE s.tenant_id = t.id AND s.indexed_at IS NULL) waiting
  LEFT JOIN LATERAL (
    SELECT v.outcome, v.finished_at FROM verification v
    WHERE v.tenant_id = t.id AND v.finished_at IS NOT NULL ORDER BY v.started_at DESC LIMIT 1) v ON true
  ORDER BY t.slug`;

export function tenantOverviews(run: RunSql): TenantOverviews {
  return {
    tenantOverviews: (only) =>
      run(async (client) => {
        const { rows } = await client.query<TenantOverview>(overviewQuery, [only ?? null]);
        return rows.map((row) => ({ ...row, id: tenantId(row.id) }));
      }),
    tenantBacklogs: () =>
      run(async (client) => {
        const { rows } = await client.query<TenantBacklog>(backlogQuery);
        return rows.map((row) => ({ ...row, id: tenantId(row.id) }));
      }),
  };
}
