import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { momentOf } from '../moment-of.ts';
import { currentGroups } from './current-groups.ts';
import type { RunPrisma, RunSql } from '../scoped-transaction.ts';
import { endAccess, type EndedAccess } from './end-access.ts';

export interface User {
  id: string;
  email: string;
  displayName: string;
  role: string;
  /** Names of the access groups that the user is in now. */
  groups: string[];
  language: string;
  accessUntil: Date | null;
  createdAt: Date;
  activeSince: Date;
  lastSignInAt: Date | null;
  passwordChangedAt: Date | null;
  /** False for people who come through an identity provider only. */
  hasPassword: boolean;
  disabledAt: Date | null;
  disabledReason: string | null;
  /** How many second factors are confirmed. */
  factors: number;
}

export interface NewUser {
  email: string;
  displayName: string;
  role: string;
  language: string;
  /** An encoded argon2id hash; null for people who come through an identity provider. */
  passwordHash: string | null;
  accessUntil?: Date | null;
}

export interface UserChange {
  displayName?: string | undefined;
  language?: string | undefined;
  role?: string | undefined;
  accessUntil?: Date | null | undefined;
}

export interface Users {
  /** Makes the user, or changes the one with this address. Answers the id. */
  put(user: NewUser): Promise<string>;
  /** Makes the user; null when the address is somebody's already, in whichever tenant. */
  create(user: NewUser): Promise<string | null>;
  list(): Promise<User[]>;
  find(id: string): Promise<User | null>;
  /** What is undefined stays. False for a user who is not there. */
  change(id: string, change: UserChange): Promise<boolean>;
  /** The hash takes the place of the one before, which is kept so that the password does not come back. */
  setPassword(id: string, password: { hash: string; mustChange: boolean }): Promise<void>;
  /** The same password under newer parameters. */
  rehashPassword(id: string, hashes: { from: string; to: string }): Promise<void>;
  /** The current hash and those before it, `count` in all, newest first. */
  lastPasswordHashes(id: string, count: number): Promise<string[]>;
  noteSignIn(id: string): Promise<void>;
  /** Ends the account with its sessions and the keys that the person made, in one commit. Null when it had ended before. */
  disable(id: string, reason: string): Promise<EndedAccess | null>;
  /** False when it was not disabled. The ninety days begin again. */
  enable(id: string): Promise<boolean>;
  /** Enters and leaves groups; ids that are no group of this tenant are left out. */
  setGroups(
    id: string,
    groups: { enter: readonly string[]; leave: readonly string[]; by: string | null },
  ): Promise<void>;
}

const selectUser = `
  SELECT u.id, u.email, u.display_name AS "displayName", u.role, ${currentGroups} AS groups, u.language,
         u.access_until AS "accessUntil", u.created_at AS "createdAt", u.active_since AS "activeSince",
         u.last_sign_in_at AS "lastSignInAt", u.password_changed_at AS "passwordChangedAt",
         u.password_hash IS NOT NULL AS "hasPassword",
         u.disabled_at AS "disabledAt", u.disabled_reason AS "disabledReason",
         (SELECT count(*)::int FROM second_factor f
          WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL AND f.removed_at IS NULL) AS factors
  FROM app_user u`;

/** Inserts the user in a running transaction; null when the address is taken. */
export async function insertUser(client: PoolClient, tenantId: string, user: NewUser): Promise<string | null> {
  const id = randomUUID();
  const { rowCount } = await client.query(
    `INSERT INTO app_user (id, tenant_id, email, display_name, role, language, password_hash, password_changed_at, access_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $7::text IS NULL THEN NULL ELSE akashi_now() END, $8)
     ON CONFLICT (email) DO NOTHING`,
    [
      id,
      tenantId,
      user.email.trim().toLowerCase(),
      user.displayName,
      user.role,
      user.language,
      user.passwordHash,
      user.accessUntil ?? null,
    ],
  );
  return rowCount === 1 ? id : null;
}

/** Sets the password in a running transaction and keeps the one before. */
export async function replacePassword(
  client: PoolClient,
  user: { id: string; tenantId: string },
  password: { hash: string; mustChange: boolean },
): Promise<void> {
  await client.query(
    `INSERT INTO former_password (id, tenant_id, user_id, password_hash)
     SELECT $2, tenant_id, id, password_hash FROM app_user WHERE id = $1 AND password_hash IS NOT NULL`,
    [user.id, randomUUID()],
  );
  await client.query(
    `UPDATE app_user SET password_hash = $2, must_change_password = $3, password_changed_at = akashi_now() WHERE id = $1`,
    [user.id, password.hash, password.mustChange],
  );
}

export async function enterGroups(
  client: PoolClient,
  member: { tenantId: string; userId: string; by: string | null },
  groupIds: readonly string[],
): Promise<void> {
  await client.query(
    `INSERT INTO group_member (id, tenant_id, group_id, user_id, added_by)
     SELECT gen_random_uuid(), $1, g.id, $2, $3 FROM access_group g
     WHERE g.id = ANY ($4::uuid[]) AND g.removed_at IS NULL
     ON CONFLICT DO NOTHING`,
    [member.tenantId, member.userId, member.by, groupIds],
  );
}

export function users(run: RunSql, runPrisma: RunPrisma, tenantId: string): Users {
  return {
    put: (user) =>
      runPrisma(async (client) => {
        const passwordChangedAt = user.passwordHash === null ? null : await momentOf(client);
        const values = { ...user, email: user.email.trim().toLowerCase(), passwordChangedAt };
        const row = await client.appUser.upsert({
          where: { email: values.email },
          create: { ...values, id: randomUUID(), tenantId },
          update: values,
        });
        return row.id;
      }),
    create: (user) => run((client) => insertUser(client, tenantId, user)),
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<User>(`${selectUser} ORDER BY u.email`);
        return rows;
      }),
    find: (id) =>
      run(async (client) => {
        const { rows } = await client.query<User>(`${selectUser} WHERE u.id = $1`, [id]);
        return rows[0] ?? null;
      }),
    change: (id, change) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE app_user SET display_name = coalesce($2, display_name), language = coalesce($3, language),
                  role = coalesce($4, role), access_until = CASE WHEN $5 THEN $6 ELSE access_until END
           WHERE id = $1`,
          [
            id,
            change.displayName ?? null,
            change.language ?? null,
            change.role ?? null,
            change.accessUntil !== undefined,
            change.accessUntil ?? null,
          ],
        );
        return rowCount === 1;
      }),
    setPassword: (id, password) => run((client) => replacePassword(client, { id, tenantId }, password)),
    rehashPassword: (id, { from, to }) =>
      run(async (client) => {
        await client.query('UPDATE app_user SET password_hash = $3 WHERE id = $1 AND password_hash = $2', [
          id,
          from,
          to,
        ]);
      }),
    lastPasswordHashes: (id, count) =>
      run(async (client) => {
        const { rows } = await client.query<{ hash: string }>(
          `SELECT password_hash AS hash FROM (
             SELECT password_hash, akashi_now() AS at FROM app_user WHERE id = $1 AND password_hash IS NOT NULL
             UNION ALL SELECT password_hash, created_at FROM former_password WHERE user_id = $1
           ) AS used ORDER BY at DESC LIMIT $2`,
          [id, count],
        );
        return rows.map(({ hash }) => hash);
      }),
    noteSignIn: (id) =>
      run(async (client) => {
        await client.query('UPDATE app_user SET last_sign_in_at = akashi_now() WHERE id = $1', [id]);
      }),
    disable: (id, reason) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'UPDATE app_user SET disabled_at = akashi_now(), disabled_reason = $2 WHERE id = $1 AND disabled_at IS NULL',
          [id, reason],
        );
        return rowCount === 1 ? endAccess(client, id) : null;
      }),
    enable: (id) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE app_user SET disabled_at = NULL, disabled_reason = NULL, active_since = akashi_now()
           WHERE id = $1 AND disabled_at IS NOT NULL`,
          [id],
        );
        return rowCount === 1;
      }),
    setGroups: (id, { enter, leave, by }) =>
      run(async (client) => {
        await client.query(
          `UPDATE group_member SET removed_at = akashi_now(), removed_by = $3
           WHERE user_id = $1 AND group_id = ANY ($2::uuid[]) AND removed_at IS NULL`,
          [id, leave, by],
        );
        await enterGroups(client, { tenantId, userId: id, by }, enter);
      }),
  };
}
