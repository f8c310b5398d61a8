import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { canSignIn } from './can-sign-in.ts';
import type { RunSql } from '../scoped-transaction.ts';

/** Who answers for a key. */
export interface ResponsiblePerson {
  id: string;
  email: string;
  displayName: string;
  /** False once the account was disabled or its time is over: the key gives nothing any more. */
  isActive: boolean;
}

export interface AccessKey {
  id: string;
  kind: 'ingest' | 'api';
  name: string;
  logGroups: string[];
  addressRanges: string[];
  createdAt: Date;
  createdBy: string | null;
  /** Whoever made the key or rotated it last. An API key sees no more than this person; with nobody it sees nothing. */
  responsible: ResponsiblePerson | null;
  responsibleSince: Date | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
  rotatedAt: Date | null;
  /** Until when the secret before the last rotation is accepted. */
  formerEndsAt: Date | null;
  revokedAt: Date | null;
  /** Of text that is sent with the key without saying its encoding; null: UTF-8. */
  encoding: string | null;
}

export interface AccessKeyScope {
  name: string;
  logGroups: string[];
  addressRanges: string[];
  expiresAt: Date | null;
  encoding: string | null;
}

export interface NewAccessKey {
  kind: 'ingest' | 'api';
  name: string;
  /** SHA-256 of the key. The key itself never reaches the database. */
  sha256: Buffer;
  logGroups: readonly string[];
  addressRanges?: string[];
  expiresAt?: Date | null;
  encoding?: string | null;
  /** A person of the tenant. */
  responsibleId: string | null;
}

export interface KeyRotation {
  sha256: Buffer;
  /** Until when the secret so far is accepted too. */
  formerEndsAt: Date;
  expiresAt: Date | null;
  /** Who answers for the key from now on. The secret so far stays that of whoever did until now. */
  responsibleId: string;
}

/** Runs inside the transaction before it is committed; what it throws undoes everything. */
export type BeforeCommit = () => Promise<void>;

export interface AccessKeys {
  /** Adds the key, or gives the key of this kind and name another secret and scope; a revoked one stays so. Answers its id. */
  put(key: NewAccessKey): Promise<string>;
  list(): Promise<AccessKey[]>;
  find(id: string): Promise<AccessKey | null>;
  create(
    key: Required<NewAccessKey> & { id: string; createdBy: string | null },
    beforeCommit: BeforeCommit,
  ): Promise<'created' | 'name-taken'>;
  /** Not a revoked one. */
  change(
    id: string,
    scope: AccessKeyScope,
    beforeCommit: BeforeCommit,
  ): Promise<'changed' | 'not-found' | 'name-taken'>;
  rotate(id: string, rotation: KeyRotation, beforeCommit: BeforeCommit): Promise<boolean>;
  revoke(id: string, beforeCommit?: BeforeCommit): Promise<boolean>;
}

const select = `
  SELECT k.id, k.kind, k.name, k.log_groups AS "logGroups", k.address_ranges AS "addressRanges",
         k.created_at AS "createdAt", k.created_by AS "createdBy", k.responsible_since AS "responsibleSince",
         CASE WHEN u.id IS NULL THEN NULL ELSE jsonb_build_object('id', u.id, 'email', u.email, 'displayName',
           u.display_name, 'isActive', ${canSignIn('u')}) END AS responsible,
         k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", k.last_used_from AS "lastUsedFrom",
         k.rotated_at AS "rotatedAt", k.former_ends_at AS "formerEndsAt", k.revoked_at AS "revokedAt", k.encoding
  FROM access_key k LEFT JOIN app_user u ON u.id = k.responsible_id AND u.tenant_id = k.tenant_id
  WHERE k.tenant_id = $1`;

export function accessKeys(run: RunSql, tenantId: string): AccessKeys {
  const isTaken = async (client: PoolClient, key: { kind: string; name: string; id: string }): Promise<boolean> => {
    const { rowCount } = await client.query(
      'SELECT FROM access_key WHERE tenant_id = $1 AND kind = $2 AND name = $3 AND id <> $4',
      [tenantId, key.kind, key.name, key.id],
    );
    return rowCount !== 0;
  };
  /** One at a time for a tenant, so that two of the same name are told of and not a fault. */
  const lock = async (client: PoolClient): Promise<void> => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('access_key ' || $1))`, [tenantId]);
  };
  const update = (statement: string, values: unknown[], beforeCommit?: BeforeCommit): Promise<boolean> =>
    run(async (client) => {
      const { rowCount } = await client.query(statement, [tenantId, ...values]);
      if (rowCount === 0) return false;
      await beforeCommit?.();
      return true;
    });
  return {
    put: (key) =>
      run(async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `INSERT INTO access_key (id, tenant_id, kind, name, sha256, log_groups, address_ranges, expires_at, responsible_id,
             responsible_since)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, akashi_now())
           ON CONFLICT (tenant_id, kind, name) DO UPDATE SET sha256 = excluded.sha256, log_groups = excluded.log_groups,
             address_ranges = excluded.address_ranges, expires_at = excluded.expires_at,
             responsible_id = excluded.responsible_id, responsible_since = excluded.responsible_since
           RETURNING id`,
          [
            randomUUID(),
            tenantId,
            key.kind,
            key.name,
            key.sha256,
            key.logGroups,
            key.addressRanges ?? [],
            key.expiresAt ?? null,
            key.responsibleId,
          ],
        );
        return rows[0]?.id ?? '';
      }),
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<AccessKey>(`${select} ORDER BY k.revoked_at IS NOT NULL, k.kind, k.name`, [
          tenantId,
        ]);
        return rows;
      }),
    find: (id) =>
      run(async (client) => {
        const { rows } = await client.query<AccessKey>(`${select} AND k.id = $2`, [tenantId, id]);
        return rows[0] ?? null;
      }),
    create: (key, beforeCommit) =>
      run(async (client) => {
        await lock(client);
        if (await isTaken(client, key)) return 'name-taken';
        await client.query(
          `INSERT INTO access_key (id, tenant_id, kind, name, sha256, log_groups, address_ranges, expires_at, created_by,
             responsible_id, responsible_since, encoding)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, akashi_now(), $11)`,
          [
            key.id,
            tenantId,
            key.kind,
            key.name,
            key.sha256,
            key.logGroups,
            key.addressRanges,
            key.expiresAt,
            key.createdBy,
            key.responsibleId,
            key.encoding,
          ],
        );
        await beforeCommit();
        return 'created';
      }),
    change: (id, scope, beforeCommit) =>
      run(async (client) => {
        await lock(client);
        const { rows } = await client.query<{ kind: string }>(
          `UPDATE access_key SET log_groups = $3, address_ranges = $4, expires_at = $5, encoding = $6
           WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING kind`,
          [tenantId, id, scope.logGroups, scope.addressRanges, scope.expiresAt, scope.encoding],
        );
        const kind = rows[0]?.kind;
        if (kind === undefined) return 'not-found';
        // Before the name is set: a name that is taken ends the transaction without any change.
        if (await isTaken(client, { kind, name: scope.name, id })) throw new NameTaken();
        await client.query('UPDATE access_key SET name = $3 WHERE tenant_id = $1 AND id = $2', [
          tenantId,
          id,
          scope.name,
        ]);
        await beforeCommit();
        return 'changed' as const;
      }).catch((error: unknown) => {
        if (error instanceof NameTaken) return 'name-taken';
        throw error;
      }),
    rotate: (id, { sha256, formerEndsAt, expiresAt, responsibleId }, beforeCommit) =>
      update(
        `UPDATE access_key SET former_sha256 = sha256, former_ends_at = $4, former_responsible_id = responsible_id,
           sha256 = $3, expires_at = $5, rotated_at = akashi_now(), responsible_id = $6, responsible_since = akashi_now()
         WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL`,
        [id, sha256, formerEndsAt, expiresAt, responsibleId],
        beforeCommit,
      ),
    revoke: (id, beforeCommit) =>
      update(
        `UPDATE access_key SET revoked_at = akashi_now(), former_ends_at = NULL, former_sha256 = NULL
         WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL`,
        [id],
        beforeCommit,
      ),
  };
}

class NameTaken extends Error {}
