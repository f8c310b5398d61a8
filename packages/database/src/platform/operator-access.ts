import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** What an organisation lets one of the installation's people see, as that person sees it. */
export interface OperatorAccess {
  id: string;
  tenantId: TenantId;
  tenantSlug: string;
  tenantNameJa: string;
  tenantNameEn: string;
  /** The organisation's IANA zone. */
  timeZone: string;
  purpose: string;
  logGroups: string[];
  grantedAt: Date;
  endsAt: Date;
  revokedAt: Date | null;
}

export interface OperatorAccesses {
  /** What was granted to this address, newest first; only what is in force now with `current`. */
  listOperatorAccess(operator: { email: string; current: boolean }): Promise<OperatorAccess[]>;
}

export function operatorAccesses(run: RunSql): OperatorAccesses {
  return {
    listOperatorAccess: ({ email, current }) =>
      run(async (client) => {
        const { rows } = await client.query<OperatorAccess>(
          `SELECT a.id, a.tenant_id AS "tenantId", t.slug AS "tenantSlug", t.name_ja AS "tenantNameJa",
                  t.name_en AS "tenantNameEn", t.time_zone AS "timeZone", a.purpose, a.log_groups AS "logGroups",
                  a.granted_at AS "grantedAt", a.ends_at AS "endsAt", a.revoked_at AS "revokedAt"
           FROM support_access a JOIN tenant t ON t.id = a.tenant_id
           WHERE a.operator_email = $1 AND t.status <> 'closed'
             AND (NOT $2 OR (a.revoked_at IS NULL AND a.ends_at > akashi_now()))
           ORDER BY a.granted_at DESC, a.id LIMIT 200`,
          [email.trim().toLowerCase(), current],
        );
        return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
      }),
  };
}
