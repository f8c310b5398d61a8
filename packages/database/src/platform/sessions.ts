import { randomUUID } from 'node:crypto';
import { currentGroups } from './current-groups.ts';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '../tenant-id.ts';

export interface SessionUser {
  sessionId: string;
  tenantId: TenantId;
  tenantSlug: string;
  tenantNameJa: string;
  tenantNameEn: string;
  timeZone: string;
  userId: string;
  email: string;
  displayName: string;
  role: string;
  groups: string[];
  language: string;
  /** `full` after the second factor, else the step that is due. */
  stage: 'second-factor' | 'enrolment' | 'password-change' | 'full';
  /** When a second factor was last proven. */
  steppedUpAt: Date | null;
  lastActiveAt: Date;
  expiresAt: Date;
}

/** Browser sessions. Only the SHA-256 of a token is stored: a copy of the table signs nobody in. */
export interface Sessions {
  create(session: { tenantId: TenantId; userId: string; tokenSha256: Buffer; expiresAt: Date }): Promise<string>;
  /**
   * The session, unless it is revoked, past its absolute end, or idle for longer than `idleMs` (PCI DSS 8.2.8).
   * With `active` the idle time starts again.
   */
  find(lookup: { tokenSha256: Buffer; idleMs: number; active: boolean }): Promise<SessionUser | null>;
  revoke(tokenSha256: Buffer): Promise<void>;
}

const live = `s.token_sha256 = $1 AND s.revoked_at IS NULL AND s.expires_at > now()
  AND s.last_active_at > now() - $2 * interval '1 millisecond'`;

const findSession = `
  SELECT s.id AS "sessionId", s.tenant_id AS "tenantId", t.slug AS "tenantSlug", t.name_ja AS "tenantNameJa",
         t.name_en AS "tenantNameEn", t.time_zone AS "timeZone", u.id AS "userId", u.email,
         u.display_name AS "displayName", u.role, ${currentGroups} AS groups, u.language, s.stage,
         s.stepped_up_at AS "steppedUpAt", s.last_active_at AS "lastActiveAt",
         s.expires_at AS "expiresAt"
  FROM session s JOIN app_user u ON u.id = s.user_id JOIN tenant t ON t.id = s.tenant_id
  WHERE ${live} AND u.disabled_at IS NULL AND t.status <> 'closed'`;

export function sessions(run: RunSql): Sessions {
  return {
    create: (session) =>
      run(async (client) => {
        const id = randomUUID();
        await client.query(
          'INSERT INTO session (id, tenant_id, user_id, token_sha256, expires_at) VALUES ($1, $2, $3, $4, $5)',
          [id, session.tenantId, session.userId, session.tokenSha256, session.expiresAt],
        );
        return id;
      }),
    find: ({ tokenSha256, idleMs, active }) =>
      run(async (client) => {
        if (active) {
          // Once a second is precise enough for a limit of minutes, and spares a write per request.
          await client.query(
            `UPDATE session s SET last_active_at = now()
             WHERE ${live} AND s.last_active_at < now() - interval '1 second'`,
            [tokenSha256, idleMs],
          );
        }
        const { rows } = await client.query<SessionUser>(findSession, [tokenSha256, idleMs]);
        const row = rows[0];
        return row === undefined ? null : { ...row, tenantId: tenantId(row.tenantId) };
      }),
    revoke: (tokenSha256) =>
      run(async (client) => {
        await client.query('UPDATE session SET revoked_at = now() WHERE token_sha256 = $1 AND revoked_at IS NULL', [
          tokenSha256,
        ]);
      }),
  };
}
