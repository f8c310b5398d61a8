import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';

export interface AccessGroup {
  id: string;
  name: string;
  description: string;
  /** Who answers for the group in an access review. */
  ownerId: string | null;
  createdAt: Date;
  /** People in it now who can sign in. */
  members: number;
  /** Grants in force now. */
  grants: number;
}

export interface AccessGroupValues {
  name: string;
  description: string;
  ownerId: string | null;
}

export interface GroupMember {
  userId: string;
  email: string;
  displayName: string;
  role: string;
  addedBy: string | null;
  addedAt: Date;
}

export interface NewMembership {
  groupId: string;
  userId: string;
  by: string | null;
}

/** Groups of people. Groups and memberships end; who was in which at what time stays known. */
export interface AccessGroups {
  list(): Promise<AccessGroup[]>;
  find(id: string): Promise<AccessGroup | null>;
  /** Null when a group has the name. */
  create(values: AccessGroupValues): Promise<string | null>;
  change(id: string, values: AccessGroupValues): Promise<'changed' | 'not-found' | 'name-taken'>;
  /** Ends the group with its memberships and grants. False when there is none. */
  remove(id: string, by: string | null): Promise<boolean>;
  members(id: string): Promise<GroupMember[]>;
  /** Whoever is in already stays so; null when there is no such group or person. */
  addMember(member: NewMembership): Promise<'added' | 'already' | null>;
  removeMember(member: { groupId: string; userId: string; by: string | null }): Promise<boolean>;
}

const select = `
  SELECT g.id, g.name, g.description, g.owner_id AS "ownerId", g.created_at AS "createdAt",
    (SELECT count(*) FROM group_member m JOIN app_user u ON u.id = m.user_id
     WHERE m.group_id = g.id AND m.removed_at IS NULL AND u.disabled_at IS NULL)::int AS members,
    (SELECT count(*) FROM access_grant a WHERE a.group_id = g.id AND a.revoked_at IS NULL AND a.valid_from <= akashi_now()
       AND (a.valid_to IS NULL OR a.valid_to > akashi_now()))::int AS grants
  FROM access_group g WHERE g.tenant_id = $1 AND g.removed_at IS NULL`;

const selectMembers = `
  SELECT u.id AS "userId", u.email, u.display_name AS "displayName", u.role, m.added_by AS "addedBy",
         m.added_at AS "addedAt"
  FROM group_member m JOIN app_user u ON u.id = m.user_id
  WHERE m.tenant_id = $1 AND m.group_id = $2 AND m.removed_at IS NULL AND u.disabled_at IS NULL ORDER BY u.email`;

/** What an open review still asks about the group is for its new owner to answer. */
const handOver = `
  UPDATE access_review_item i SET owner_id = $3 FROM access_review r
  WHERE i.tenant_id = $1 AND r.id = i.review_id AND r.closed_at IS NULL AND i.decision IS NULL
    AND i.owner_id IS DISTINCT FROM $3::uuid
    AND (i.kind = 'membership' AND i.subject_id IN (SELECT id FROM group_member WHERE group_id = $2)
      OR i.kind = 'grant' AND i.subject_id IN (SELECT id FROM access_grant WHERE group_id = $2))`;

const uniqueViolation = '23505';

function isNameTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === uniqueViolation;
}

/** In a running transaction; null when there is no such group or person. */
export async function insertMember(
  client: PoolClient,
  tenantId: string,
  { groupId, userId, by }: NewMembership,
): Promise<'added' | 'already' | null> {
  const place = await client.query(
    `SELECT FROM access_group g, app_user u WHERE g.tenant_id = $1 AND g.id = $2 AND g.removed_at IS NULL
       AND u.tenant_id = $1 AND u.id = $3 AND u.disabled_at IS NULL FOR SHARE OF g`,
    [tenantId, groupId, userId],
  );
  if (place.rowCount !== 1) return null;
  const { rowCount } = await client.query(
    `INSERT INTO group_member (id, tenant_id, group_id, user_id, added_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [randomUUID(), tenantId, groupId, userId, by],
  );
  return rowCount === 1 ? 'added' : 'already';
}

export function accessGroups(run: RunSql, tenantId: string): AccessGroups {
  return {
    list: () => run(async (client) => (await client.query<AccessGroup>(`${select} ORDER BY g.name`, [tenantId])).rows),
    find: (id) =>
      run(
        async (client) => (await client.query<AccessGroup>(`${select} AND g.id = $2`, [tenantId, id])).rows[0] ?? null,
      ),
    create: (values) =>
      run(async (client) => {
        const id = randomUUID();
        const { rowCount } = await client.query(
          `INSERT INTO access_group (id, tenant_id, name, description, owner_id) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING`,
          [id, tenantId, values.name, values.description, values.ownerId],
        );
        return rowCount === 1 ? id : null;
      }),
    change: (id, values) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE access_group SET name = $3, description = $4, owner_id = $5
           WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL`,
          [tenantId, id, values.name, values.description, values.ownerId],
        );
        if (rowCount !== 1) return 'not-found' as const;
        await client.query(handOver, [tenantId, id, values.ownerId]);
        return 'changed' as const;
      }).catch((error: unknown) => {
        if (isNameTaken(error)) return 'name-taken' as const;
        throw error;
      }),
    remove: (id, by) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'UPDATE access_group SET removed_at = akashi_now() WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL',
          [tenantId, id],
        );
        if (rowCount !== 1) return false;
        await client.query(
          'UPDATE group_member SET removed_at = akashi_now(), removed_by = $2 WHERE group_id = $1 AND removed_at IS NULL',
          [id, by],
        );
        await client.query(
          'UPDATE access_grant SET revoked_at = akashi_now(), revoked_by = $2 WHERE group_id = $1 AND revoked_at IS NULL',
          [id, by],
        );
        return true;
      }),
    members: (id) => run(async (client) => (await client.query<GroupMember>(selectMembers, [tenantId, id])).rows),
    addMember: (member) => run((client) => insertMember(client, tenantId, member)),
    removeMember: ({ groupId, userId, by }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE group_member SET removed_at = akashi_now(), removed_by = $4
           WHERE tenant_id = $1 AND group_id = $2 AND user_id = $3 AND removed_at IS NULL`,
          [tenantId, groupId, userId, by],
        );
        return rowCount === 1;
      }),
  };
}
