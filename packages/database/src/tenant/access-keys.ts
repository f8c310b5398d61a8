import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';

export interface AccessKey {
  id: string;
  kind: 'ingest' | 'api';
  name: string;
  logGroups: string[];
  addressRanges: string[];
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
  rotatedAt: Date | null;
  /** Until when the secret before the last rotation is accepted. */
  formerEndsAt: Date | null;
  revokedAt: Date | null;
}

export interface AccessKeyScope {
  name: string;
  logGroups: string[];
  addressRanges: string[];
  expiresAt: Date | null;
}

export interface NewAccessKey {
  kind: 'ingest' | 'api';
  name: string;
  /** SHA-256 of the key. The key itself never reaches the database. */
  sha256: Buffer;
  logGroups: string[];
  addressRanges?: string[];
  expiresAt?: Date | null;
}

export interface KeyRotation {
  sha256: Buffer;
  /** Until when the secret so far is accepted too. */
  formerEndsAt: Date;
  expiresAt: Date | null;
}

/** Runs inside the transaction before it is committed; what it throws undoes everything. */
export type BeforeCommit = () => Promise<void>;

export interface AccessKeys {
  /** Adds the key, or gives the key of this kind and name another secret and scope. Answers its id. */
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
  SELECT id, kind, name, log_groups AS "logGroups", address_ranges AS "addressRanges", created_at AS "createdAt",
         created_by AS "createdBy", expires_at AS "expiresAt", last_used_at AS "lastUsedAt",
         last_used_from AS "lastUsedFrom", rotated_at AS "rotatedAt", former_ends_at AS "formerEndsAt",
         revoked_at AS "revokedAt"
  FROM access_key WHERE tenant_id = $1`;

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
          `INSERT INTO access_key (id, tenant_id, kind, name, sha256, log_groups, address_ranges, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (tenant_id, kind, name) DO UPDATE SET sha256 = excluded.sha256, log_groups = excluded.log_groups,
             address_ranges = excluded.address_ranges, expires_at = excluded.expires_at, revoked_at = NULL
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
          ],
        );
        return rows[0]?.id ?? '';
      }),
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<AccessKey>(`${select} ORDER BY revoked_at IS NOT NULL, kind, name`, [
          tenantId,
        ]);
        return rows;
      }),
    find: (id) =>
      run(async (client) => {
        const { rows } = await client.query<AccessKey>(`${select} AND id = $2`, [tenantId, id]);
        return rows[0] ?? null;
      }),
    create: (key, beforeCommit) =>
      run(async (client) => {
        await lock(client);
        if (await isTaken(client, key)) return 'name-taken';
        await client.query(
          `INSERT INTO access_key (id, tenant_id, kind, name, sha256, log_groups, address_ranges, expires_at, created_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
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
          ],
        );
        await beforeCommit();
        return 'created';
      }),
    change: (id, scope, beforeCommit) =>
      run(async (client) => {
        await lock(client);
        const { rows } = await client.query<{ kind: string }>(
          `UPDATE access_key SET log_groups = $3, address_ranges = $4, expires_at = $5
           WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING kind`,
          [tenantId, id, scope.logGroups, scope.addressRanges, scope.expiresAt],
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
    rotate: (id, { sha256, formerEndsAt, expiresAt }, beforeCommit) =>
      update(
        `UPDATE access_key SET former_sha256 = sha256, former_ends_at = $4, sha256 = $3, expires_at = $5, rotated_at = now()
         WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL`,
        [id, sha256, formerEndsAt, expiresAt],
        beforeCommit,
      ),
    revoke: (id, beforeCommit) =>
      update(
        `UPDATE access_key SET revoked_at = now(), former_ends_at = NULL, former_sha256 = NULL
         WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL`,
        [id],
        beforeCommit,
      ),
  };
}

class NameTaken extends Error {}
