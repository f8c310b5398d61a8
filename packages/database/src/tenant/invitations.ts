import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { removeAllFactors } from './factors.ts';
import { enterGroups, insertUser, replacePassword } from './users.ts';

export interface Invitation {
  id: string;
  purpose: 'invite' | 'reset';
  email: string;
  displayName: string;
  role: string;
  language: string;
  groupIds: string[];
  accessUntil: Date | null;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
}

export interface NewInvitation {
  purpose: 'invite' | 'reset';
  email: string;
  displayName: string;
  role: string;
  language: string;
  groupIds: readonly string[];
  accessUntil: Date | null;
  /** The token itself is only in the mail. */
  tokenSha256: Buffer;
  createdBy: string | null;
  expiresAt: Date;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly userId: string }
  /** The token was used, withdrawn or is too old. */
  | { readonly kind: 'gone' }
  /** The address has become somebody's. */
  | { readonly kind: 'address-taken' };

/** Links by which people set their first password, or a new one after a reset. */
export interface Invitations {
  /** An earlier open one for the same address and purpose is withdrawn with it. */
  create(invitation: NewInvitation): Promise<string>;
  /** Open ones and those of the last 90 days, newest first. */
  list(): Promise<Invitation[]>;
  find(id: string): Promise<Invitation | null>;
  /** A new token and a new end; the old link is worth nothing. False unless the invitation is open. */
  renew(id: string, link: { tokenSha256: Buffer; expiresAt: Date }): Promise<boolean>;
  revoke(id: string): Promise<boolean>;
  /** Takes it up once, whoever else tries at the same moment: the account, or its new password without the old factors. */
  accept(tokenSha256: Buffer, passwordHash: string): Promise<Acceptance>;
}

const columns = `id, purpose, email, display_name AS "displayName", role, language, group_ids AS "groupIds",
  access_until AS "accessUntil", created_at AS "createdAt", expires_at AS "expiresAt", accepted_at AS "acceptedAt",
  revoked_at AS "revokedAt"`;
const unused = 'accepted_at IS NULL AND revoked_at IS NULL';

class AddressTakenError extends Error {
  override readonly name = 'AddressTakenError';
}

async function takeUpReset(
  client: PoolClient,
  tenantId: string,
  reset: { email: string; hash: string },
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM app_user WHERE email = $1 AND disabled_at IS NULL FOR UPDATE',
    [reset.email],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new AddressTakenError();
  await replacePassword(client, { id, tenantId }, { hash: reset.hash, mustChange: false });
  await removeAllFactors(client, id);
  await client.query('UPDATE session SET revoked_at = akashi_now() WHERE user_id = $1 AND revoked_at IS NULL', [id]);
  return id;
}

export function invitations(run: RunSql, tenantId: string): Invitations {
  const changesOne = (statement: string, values: readonly unknown[]): Promise<boolean> =>
    run(async (client) => {
      const { rowCount } = await client.query(statement, [...values]);
      return rowCount === 1;
    });
  return {
    create: (invitation) =>
      run(async (client) => {
        const id = randomUUID();
        await client.query(
          `UPDATE invitation SET revoked_at = akashi_now() WHERE email = $1 AND purpose = $2 AND ${unused}`,
          [invitation.email, invitation.purpose],
        );
        await client.query(
          `INSERT INTO invitation (id, tenant_id, purpose, email, display_name, role, language, group_ids, access_until,
             token_sha256, created_by, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
          [
            id,
            tenantId,
            invitation.purpose,
            invitation.email,
            invitation.displayName,
            invitation.role,
            invitation.language,
            invitation.groupIds,
            invitation.accessUntil,
            invitation.tokenSha256,
            invitation.createdBy,
            invitation.expiresAt,
          ],
        );
        return id;
      }),
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<Invitation>(
          `SELECT ${columns} FROM invitation WHERE created_at > akashi_now() - interval '90 days'
           ORDER BY created_at DESC, id LIMIT 500`,
        );
        return rows;
      }),
    find: (id) =>
      run(async (client) => {
        const { rows } = await client.query<Invitation>(`SELECT ${columns} FROM invitation WHERE id = $1`, [id]);
        return rows[0] ?? null;
      }),
    renew: (id, { tokenSha256, expiresAt }) =>
      changesOne(`UPDATE invitation SET token_sha256 = $2, expires_at = $3 WHERE id = $1 AND ${unused}`, [
        id,
        tokenSha256,
        expiresAt,
      ]),
    revoke: (id) => changesOne(`UPDATE invitation SET revoked_at = akashi_now() WHERE id = $1 AND ${unused}`, [id]),
    accept: (tokenSha256, passwordHash) =>
      run(async (client): Promise<Acceptance> => {
        const { rows } = await client.query<Invitation & { createdBy: string | null }>(
          `UPDATE invitation SET accepted_at = akashi_now()
           WHERE token_sha256 = $1 AND ${unused} AND expires_at > akashi_now() RETURNING ${columns}, created_by AS "createdBy"`,
          [tokenSha256],
        );
        const invitation = rows[0];
        if (invitation === undefined) return { kind: 'gone' };
        const { email, purpose, createdBy } = invitation;
        if (purpose === 'reset') {
          return { kind: 'accepted', userId: await takeUpReset(client, tenantId, { email, hash: passwordHash }) };
        }
        const userId = await insertUser(client, tenantId, { ...invitation, passwordHash });
        if (userId === null) throw new AddressTakenError();
        await enterGroups(client, { tenantId, userId, by: createdBy }, invitation.groupIds);
        return { kind: 'accepted', userId };
      }).catch((error: unknown): Acceptance => {
        if (error instanceof AddressTakenError) return { kind: 'address-taken' };
        throw error;
      }),
  };
}
