import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
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
  /** The approval that the grant stands on; null for those that were made without one being asked for here. */
  approvalId: string | null;
  /** Nobody else could have approved it. */
  approvedAlone: boolean;
}

export type NewGrant = Omit<
  StoredGrant,
  'id' | 'createdAt' | 'revokedBy' | 'revokedAt' | 'validFrom' | 'approvalId' | 'approvedAlone'
> & {
  approvalId?: string;
  approvedAlone?: boolean;
  /** Undefined: from now on. */
  validFrom?: Date | undefined;
};

/** A person who can sign in, with the groups that the person is in now. */
export interface PersonInGroups {
  id: string;
  email: string;
  displayName: string;
  role: string;
  groupIds: string[];
}

export interface AccessGrants {
  /** The grants in force now of the groups that the person is in now. */
  inForce(of: { userId: string }): Promise<StoredGrant[]>;
  /** All grants in force now, with the names of their groups. */
  allInForce(): Promise<(StoredGrant & { groupName: string })[]>;
  /** Everybody who can sign in now. */
  people(): Promise<PersonInGroups[]>;
  /** Of one group, ended ones too, newest first. */
  list(groupId: string): Promise<StoredGrant[]>;
  /** Null when there is no such group. */
  create(grant: NewGrant): Promise<StoredGrant | null>;
  /** The grant as it is now; null when there is none in the group or it was revoked before. */
  revoke(grant: { id: string; groupId: string; by: string | null }): Promise<StoredGrant | null>;
}

const columns = `a.id, a.group_id AS "groupId", a.log_groups AS "logGroups", a.log_streams AS "logStreams",
  a.sources, a.row_filter AS "rowFilter", a.hidden_fields AS "hiddenFields", a.valid_from AS "validFrom",
  a.valid_to AS "validTo", a.reason, a.approved_by AS "approvedBy", a.created_by AS "createdBy",
  a.created_at AS "createdAt", a.revoked_by AS "revokedBy", a.revoked_at AS "revokedAt",
  a.approval_id AS "approvalId", a.approved_alone AS "approvedAlone"`;

const inForceNow =
  'a.revoked_at IS NULL AND a.valid_from <= akashi_now() AND (a.valid_to IS NULL OR a.valid_to > akashi_now())';
const currentGroup = 'access_grant a JOIN access_group g ON g.id = a.group_id AND g.removed_at IS NULL';

const selectInForce = `
  SELECT ${columns} FROM ${currentGroup} JOIN group_member m ON m.group_id = g.id AND m.removed_at IS NULL
  WHERE a.tenant_id = $1 AND m.user_id = $2 AND ${inForceNow} ORDER BY a.created_at, a.id`;

const selectPeople = `
  SELECT u.id, u.email, u.display_name AS "displayName", u.role, array(
    SELECT m.group_id FROM group_member m JOIN access_group g ON g.id = m.group_id AND g.removed_at IS NULL
    WHERE m.user_id = u.id AND m.removed_at IS NULL ORDER BY g.name) AS "groupIds"
  FROM app_user u WHERE u.tenant_id = $1 AND u.disabled_at IS NULL AND (u.access_until IS NULL OR u.access_until > akashi_now())
  ORDER BY u.email`;

const insert = `
  INSERT INTO access_grant AS a (id, tenant_id, group_id, log_groups, log_streams, sources, row_filter, hidden_fields,
    valid_from, valid_to, reason, approved_by, created_by, approval_id, approved_alone)
  SELECT $1, $2, g.id, $4, $5, $6, $7, $8, coalesce($9, akashi_now()), $10, $11, $12, $13, $14, $15
  FROM access_group g WHERE g.tenant_id = $2 AND g.id = $3 AND g.removed_at IS NULL
  RETURNING ${columns}`;

/** In a running transaction; null when there is no such group. */
export async function insertGrant(client: PoolClient, tenantId: string, grant: NewGrant): Promise<StoredGrant | null> {
  const { rows } = await client.query<StoredGrant>(insert, [
    randomUUID(),
    tenantId,
    grant.groupId,
    grant.logGroups,
    grant.logStreams,
    grant.sources,
    grant.rowFilter,
    grant.hiddenFields,
    grant.validFrom ?? null,
    grant.validTo,
    grant.reason,
    grant.approvedBy,
    grant.createdBy,
    grant.approvalId ?? null,
    grant.approvedAlone ?? false,
  ]);
  return rows[0] ?? null;
}

export function accessGrants(run: RunSql, tenantId: string): AccessGrants {
  const select = <Row extends object>(statement: string, values: readonly unknown[] = []): Promise<Row[]> =>
    run(async (client) => (await client.query<Row>(statement, [tenantId, ...values])).rows);
  return {
    inForce: ({ userId }) => select<StoredGrant>(selectInForce, [userId]),
    allInForce: () =>
      select<StoredGrant & { groupName: string }>(
        `SELECT ${columns}, g.name AS "groupName" FROM ${currentGroup}
         WHERE a.tenant_id = $1 AND ${inForceNow} ORDER BY g.name, a.created_at, a.id`,
      ),
    people: () => select<PersonInGroups>(selectPeople),
    list: (groupId) =>
      select<StoredGrant>(
        `SELECT ${columns} FROM access_grant a WHERE a.tenant_id = $1 AND a.group_id = $2
         ORDER BY a.created_at DESC, a.id`,
        [groupId],
      ),
    create: (grant) => run((client) => insertGrant(client, tenantId, grant)),
    revoke: ({ id, groupId, by }) =>
      run(async (client) => {
        const { rows } = await client.query<StoredGrant>(
          `UPDATE access_grant a SET revoked_at = akashi_now(), revoked_by = $4
           WHERE a.tenant_id = $1 AND a.id = $2 AND a.group_id = $3 AND a.revoked_at IS NULL RETURNING ${columns}`,
          [tenantId, id, groupId, by],
        );
        return rows[0] ?? null;
      }),
  };
}
