import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';

export interface Factor {
  id: string;
  kind: 'totp' | 'passkey';
  name: string;
  sealedSecret: Buffer | null;
  credentialId: Buffer | null;
  publicKey: Buffer | null;
  signCount: number | null;
  transports: string[];
  createdAt: Date;
  /** Null while its first code is awaited. */
  confirmedAt: Date | null;
  lastUsedAt: Date | null;
}

/** One that counts. */
export type ConfirmedFactor = Factor & { confirmedAt: Date };

export interface NewPasskey {
  name: string;
  credentialId: Uint8Array;
  publicKey: Uint8Array;
  signCount: number;
  transports: readonly string[];
}

/** The second factors of people of this tenant. Whatever must work once is a compare-and-set in one statement. */
export interface Factors {
  /** Those that were not removed, unconfirmed ones included, oldest first. */
  list(userId: string): Promise<Factor[]>;
  listConfirmed(userId: string): Promise<ConfirmedFactor[]>;
  /** Begins a one-time-code factor, in place of one that was begun and not confirmed. */
  begin(userId: string, totp: { id: string; name: string; sealedSecret: Buffer }): Promise<void>;
  /** The first code was right: the factor counts from now on, and its step is used. */
  confirm(userId: string, factorId: string, step: number): Promise<boolean>;
  /** Uses a time step; false when it or a later one was used before, at whichever server. */
  useStep(userId: string, factorId: string, step: number): Promise<boolean>;
  /** Null when the credential is registered already, be it as one that signs. */
  addPasskey(userId: string, passkey: NewPasskey): Promise<string | null>;
  /** Notes the sign count; false when a count as high was seen before. */
  usePasskey(userId: string, factorId: string, signCount: number): Promise<boolean>;
  rename(userId: string, factorId: string, name: string): Promise<boolean>;
  /** `last` when it is the only confirmed factor: the second factor has no gap. */
  remove(userId: string, factorId: string): Promise<'removed' | 'last' | 'missing'>;
  /** New codes in place of all others. */
  replaceRecoveryCodes(userId: string, hashes: readonly Buffer[]): Promise<void>;
  useRecoveryCode(userId: string, hash: Buffer): Promise<boolean>;
  countRecoveryCodes(userId: string): Promise<number>;
}

/** Takes every factor away in a running transaction: a reset was taken up, and new ones are enrolled next. */
export async function removeAllFactors(client: PoolClient, userId: string): Promise<void> {
  await client.query('UPDATE second_factor SET removed_at = akashi_now() WHERE user_id = $1 AND removed_at IS NULL', [
    userId,
  ]);
  await client.query('UPDATE recovery_code SET used_at = akashi_now() WHERE user_id = $1 AND used_at IS NULL', [
    userId,
  ]);
}

const current = 'user_id = $1 AND id = $2 AND removed_at IS NULL';

export function factors(run: RunSql, tenantId: string): Factors {
  const changesOne = (statement: string, values: readonly unknown[]): Promise<boolean> =>
    run(async (client) => {
      const { rowCount } = await client.query(statement, [...values]);
      return rowCount === 1;
    });
  const list = (userId: string): Promise<Factor[]> =>
    run(async (client) => {
      const { rows } = await client.query<Factor>(
        `SELECT id, kind, name, sealed_secret AS "sealedSecret", credential_id AS "credentialId",
                public_key AS "publicKey", sign_count AS "signCount", transports, created_at AS "createdAt",
                confirmed_at AS "confirmedAt", last_used_at AS "lastUsedAt"
         FROM second_factor WHERE user_id = $1 AND removed_at IS NULL ORDER BY created_at, id`,
        [userId],
      );
      return rows;
    });
  return {
    list,
    listConfirmed: async (userId) =>
      (await list(userId)).filter((factor): factor is ConfirmedFactor => factor.confirmedAt !== null),
    begin: (userId, { id, name, sealedSecret }) =>
      run(async (client) => {
        await client.query(
          `UPDATE second_factor SET removed_at = akashi_now()
           WHERE user_id = $1 AND kind = 'totp' AND confirmed_at IS NULL AND removed_at IS NULL`,
          [userId],
        );
        await client.query(
          `INSERT INTO second_factor (id, tenant_id, user_id, kind, name, sealed_secret)
           VALUES ($1, $2, $3, 'totp', $4, $5)`,
          [id, tenantId, userId, name, sealedSecret],
        );
      }),
    confirm: (userId, factorId, step) =>
      changesOne(
        `UPDATE second_factor SET confirmed_at = akashi_now(), last_step = $3, last_used_at = akashi_now()
         WHERE ${current} AND kind = 'totp' AND confirmed_at IS NULL`,
        [userId, factorId, step],
      ),
    useStep: (userId, factorId, step) =>
      changesOne(
        `UPDATE second_factor SET last_step = $3, last_used_at = akashi_now()
         WHERE ${current} AND confirmed_at IS NOT NULL AND (last_step IS NULL OR last_step < $3)`,
        [userId, factorId, step],
      ),
    addPasskey: (userId, passkey) =>
      run(async (client) => {
        const id = randomUUID();
        const { rowCount } = await client.query(
          `INSERT INTO second_factor (id, tenant_id, user_id, kind, name, credential_id, public_key, sign_count,
             transports, confirmed_at, last_used_at)
           SELECT $1::uuid, $2::uuid, $3::uuid, 'passkey', $4, $5::bytea, $6, $7, $8, akashi_now(), akashi_now()
           WHERE NOT EXISTS (SELECT FROM signing_credential WHERE credential_id = $5::bytea)
           ON CONFLICT (credential_id) DO NOTHING`,
          [
            id,
            tenantId,
            userId,
            passkey.name,
            Buffer.from(passkey.credentialId),
            Buffer.from(passkey.publicKey),
            passkey.signCount,
            passkey.transports,
          ],
        );
        return rowCount === 1 ? id : null;
      }),
    usePasskey: (userId, factorId, signCount) =>
      changesOne(
        `UPDATE second_factor SET sign_count = $3, last_used_at = akashi_now()
         WHERE ${current} AND kind = 'passkey' AND (sign_count < $3 OR (sign_count = 0 AND $3 = 0))`,
        [userId, factorId, signCount],
      ),
    rename: (userId, factorId, name) =>
      changesOne(`UPDATE second_factor SET name = $3 WHERE ${current}`, [userId, factorId, name]),
    remove: (userId, factorId) =>
      run(async (client) => {
        // The person's row is locked, so that two removals at once cannot each see the other's factor.
        await client.query('SELECT FROM app_user WHERE id = $1 FOR UPDATE', [userId]);
        const { rows } = await client.query<{ id: string; confirmed: boolean }>(
          `SELECT id, confirmed_at IS NOT NULL AS confirmed FROM second_factor
           WHERE user_id = $1 AND removed_at IS NULL`,
          [userId],
        );
        const found = rows.find(({ id }) => id === factorId);
        if (found === undefined) return 'missing';
        if (found.confirmed && rows.filter(({ confirmed }) => confirmed).length === 1) return 'last';
        await client.query('UPDATE second_factor SET removed_at = akashi_now() WHERE id = $1', [factorId]);
        return 'removed';
      }),
    replaceRecoveryCodes: (userId, hashes) =>
      run(async (client) => {
        await client.query('UPDATE recovery_code SET used_at = akashi_now() WHERE user_id = $1 AND used_at IS NULL', [
          userId,
        ]);
        await client.query(
          `INSERT INTO recovery_code (id, tenant_id, user_id, sha256)
           SELECT gen_random_uuid(), $1, $2, hash FROM unnest($3::bytea[]) AS hash`,
          [tenantId, userId, hashes],
        );
      }),
    useRecoveryCode: (userId, hash) =>
      changesOne(
        'UPDATE recovery_code SET used_at = akashi_now() WHERE user_id = $1 AND sha256 = $2 AND used_at IS NULL',
        [userId, hash],
      ),
    countRecoveryCodes: (userId) =>
      run(async (client) => {
        const { rows } = await client.query<{ count: number }>(
          'SELECT count(*)::int AS count FROM recovery_code WHERE user_id = $1 AND used_at IS NULL',
          [userId],
        );
        return rows[0]?.count ?? 0;
      }),
  };
}
