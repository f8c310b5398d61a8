import { randomUUID } from 'node:crypto';
import type { RunSql } from '../scoped-transaction.ts';

/** A look that the organisation lets one of the installation's people take. Never changed: it ends, or is revoked. */
export interface SupportAccess {
  id: string;
  /** The operator's mail address. */
  operator: string;
  purpose: string;
  logGroups: string[];
  grantedBy: string;
  grantedByName: string | null;
  grantedAt: Date;
  endsAt: Date;
  revokedAt: Date | null;
}

export interface NewSupportAccess {
  operator: string;
  purpose: string;
  logGroups: readonly string[];
  grantedBy: string;
  endsAt: Date;
}

export interface SupportAccesses {
  grant(access: NewSupportAccess): Promise<SupportAccess>;
  /** Newest first. */
  list(): Promise<SupportAccess[]>;
  /** What is in force now. */
  current(): Promise<SupportAccess[]>;
  /** Answers what was revoked; null for what is over already or not there. */
  revoke(id: string, revokedBy: string): Promise<SupportAccess | null>;
}

const columns = `
  a.id, a.operator_email AS operator, a.purpose, a.log_groups AS "logGroups", a.granted_by AS "grantedBy",
  (SELECT u.display_name FROM app_user u WHERE u.id = a.granted_by) AS "grantedByName",
  a.granted_at AS "grantedAt", a.ends_at AS "endsAt", a.revoked_at AS "revokedAt"`;

const inForce = 'a.revoked_at IS NULL AND a.ends_at > akashi_now()';

export function supportAccesses(run: RunSql, tenantId: string): SupportAccesses {
  const select = (condition: string): Promise<SupportAccess[]> =>
    run(async (client) => {
      const sql = `SELECT ${columns} FROM support_access a WHERE a.tenant_id = $1 AND ${condition}
        ORDER BY a.granted_at DESC, a.id LIMIT 500`;
      return (await client.query<SupportAccess>(sql, [tenantId])).rows;
    });
  return {
    grant: (access) =>
      run(async (client) => {
        const { rows } = await client.query<SupportAccess>(
          `INSERT INTO support_access AS a (id, tenant_id, operator_email, purpose, log_groups, granted_by, ends_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
          [
            randomUUID(),
            tenantId,
            access.operator.trim().toLowerCase(),
            access.purpose,
            access.logGroups,
            access.grantedBy,
            access.endsAt,
          ],
        );
        const [made] = rows;
        if (made === undefined) throw new Error('an insert gave no row');
        return made;
      }),
    list: () => select('true'),
    current: () => select(inForce),
    revoke: (id, revokedBy) =>
      run(async (client) => {
        const { rows } = await client.query<SupportAccess>(
          `UPDATE support_access a SET revoked_at = akashi_now(), revoked_by = $3
           WHERE a.tenant_id = $1 AND a.id = $2 AND ${inForce} RETURNING ${columns}`,
          [tenantId, id, revokedBy],
        );
        return rows[0] ?? null;
      }),
  };
}
