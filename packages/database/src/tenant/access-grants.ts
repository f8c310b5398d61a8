import type { RunSql } from '../scoped-transaction.ts';

/** What one access group may read, as it was approved. Never changed: revoked, and given anew. */
export interface StoredGrant {
  id: string;
  groupId: string;
  logGroups: string[];
  logStreams: string[];
  sources: string[];
  /** Text of the query language; null when every event is meant. */
  rowFilter: string | null;
  hiddenFields: string[];
  validFrom: Date;
  validTo: Date | null;
  reason: string;
  approvedBy: string;
  createdBy: string | null;
  createdAt: Date;
  revokedBy: string | null;
  revokedAt: Date | null;
}

export interface AccessGrants {
  /** The grants in force now of the groups that the person is in now. */
  inForce(of: { userId: string }): Promise<StoredGrant[]>;
}

export const grantColumns = `a.id, a.group_id AS "groupId", a.log_groups AS "logGroups", a.log_streams AS "logStreams",
  a.sources, a.row_filter AS "rowFilter", a.hidden_fields AS "hiddenFields", a.valid_from AS "validFrom",
  a.valid_to AS "validTo", a.reason, a.approved_by AS "approvedBy", a.created_by AS "createdBy",
  a.created_at AS "createdAt", a.revoked_by AS "revokedBy", a.revoked_at AS "revokedAt"`;

export const grantInForce = `a.revoked_at IS NULL AND a.valid_from <= now() AND (a.valid_to IS NULL OR a.valid_to > now())`;

export function accessGrants(run: RunSql, tenantId: string): AccessGrants {
  return {
    inForce: ({ userId }) =>
      run(async (client) => {
        const { rows } = await client.query<StoredGrant>(
          `SELECT ${grantColumns}
           FROM access_grant a JOIN access_group g ON g.id = a.group_id AND g.removed_at IS NULL
           JOIN group_member m ON m.group_id = g.id AND m.removed_at IS NULL
           WHERE a.tenant_id = $1 AND m.user_id = $2 AND ${grantInForce} ORDER BY a.created_at, a.id`,
          [tenantId, userId],
        );
        return rows;
      }),
  };
}
