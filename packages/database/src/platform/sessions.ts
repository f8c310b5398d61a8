import { randomUUID } from 'node:crypto';
import { currentGroups } from '../tenant/current-groups.ts';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

export type SessionStage = 'second-factor' | 'enrolment' | 'password-change' | 'full';

export interface SessionUser {
  sessionId: string;
  tokenSha256: Buffer;
  tenantId: TenantId;
  tenantSlug: string;
  tenantNameJa: string;
  tenantNameEn: string;
  timeZone: string;
  /** The organisation's stricter sign-in limits as stored. */
  security: unknown;
  userId: string;
  email: string;
  displayName: string;
  role: string;
  groups: string[];
  language: string;
  /** `full` after the second factor, else the step that is due. */
  stage: SessionStage;
  /** How the person came in. */
  methods: string[];
  mustChangePassword: boolean;
  /** When a second factor was last proven. */
  steppedUpAt: Date | null;
  createdAt: Date;
  lastActiveAt: Date;
  expiresAt: Date;
}

export interface NewSession {
  tenantId: TenantId;
  userId: string;
  tokenSha256: Buffer;
  expiresAt: Date;
  stage: SessionStage;
  methods: readonly string[];
  address?: string;
  userAgent?: string | undefined;
}

export interface SessionStep {
  sessionId: string;
  from: { tokenSha256: Buffer; stage: SessionStage };
  to: { tokenSha256: Buffer; stage: SessionStage; expiresAt: Date };
  /** Added to how the person came in. */
  method?: string | undefined;
}

/** Browser sessions. Only the SHA-256 of a token is stored: a copy of the table signs nobody in. */
export interface Sessions {
  create(session: NewSession): Promise<string>;
  /**
   * The session, unless it is revoked, past its absolute end, or idle for longer than `idleMs` or the organisation's own
   * limit (PCI DSS 8.2.8), or its person may not come in any more. With `active` the idle time starts again.
   */
  find(lookup: { tokenSha256: Buffer; idleMs: number; active: boolean }): Promise<SessionUser | null>;
  /**
   * The next step, under a new token; the old one is worth nothing from then on. False when another request took the
   * step before. To `full` the second factor counts as proven now.
   */
  advance(step: SessionStep): Promise<boolean>;
  /** The second factor was proven again. */
  noteStepUp(sessionId: string): Promise<void>;
  /** What a running ceremony waits for, in place of an earlier one. */
  putChallenge(sessionId: string, challenge: Buffer): Promise<void>;
  /** The challenge, which is gone with that: each works once. */
  takeChallenge(sessionId: string): Promise<Buffer | null>;
  revoke(tokenSha256: Buffer): Promise<void>;
}

/** The organisation's idle limit where it is stricter; what is stored is checked, the shape is guarded all the same. */
const idleMs = `least($2::float8, CASE WHEN jsonb_typeof(t.security->'idleMinutes') = 'number'
  THEN greatest((t.security->>'idleMinutes')::float8, 1) * 60000 ELSE $2::float8 END)`;

// One of a time that was never reached, by a clock that was ahead, would never be idle.
const live = `s.token_sha256 = $1 AND s.revoked_at IS NULL AND s.expires_at > akashi_now()
  AND s.last_active_at > akashi_now() - ${idleMs} * interval '1 millisecond'
  AND s.last_active_at < akashi_now() + interval '5 minutes'
  AND u.disabled_at IS NULL AND (u.access_until IS NULL OR u.access_until > akashi_now()) AND t.status <> 'closed'`;

const findSession = `
  SELECT s.id AS "sessionId", s.token_sha256 AS "tokenSha256", s.tenant_id AS "tenantId", t.slug AS "tenantSlug", t.name_ja AS "tenantNameJa",
         t.name_en AS "tenantNameEn", t.time_zone AS "timeZone", t.security, u.id AS "userId", u.email,
         u.display_name AS "displayName", u.role, ${currentGroups} AS groups, u.language, s.stage, s.methods,
         u.must_change_password AS "mustChangePassword", s.stepped_up_at AS "steppedUpAt", s.created_at AS "createdAt",
         s.last_active_at AS "lastActiveAt", s.expires_at AS "expiresAt"
  FROM session s JOIN app_user u ON u.id = s.user_id JOIN tenant t ON t.id = s.tenant_id
  WHERE ${live}`;

export function sessions(run: RunSql): Sessions {
  return {
    create: (session) =>
      run(async (client) => {
        const id = randomUUID();
        await client.query(
          `INSERT INTO session (id, tenant_id, user_id, token_sha256, expires_at, stage, methods, address, user_agent)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            id,
            session.tenantId,
            session.userId,
            session.tokenSha256,
            session.expiresAt,
            session.stage,
            session.methods,
            session.address ?? null,
            session.userAgent?.slice(0, 400) ?? null,
          ],
        );
        return id;
      }),
    find: ({ tokenSha256, idleMs: limitMs, active }) =>
      run(async (client) => {
        if (active) {
          // Once a second is precise enough for a limit of minutes, and spares a write per request.
          await client.query(
            `UPDATE session s SET last_active_at = akashi_now() FROM app_user u, tenant t
             WHERE u.id = s.user_id AND t.id = s.tenant_id AND ${live} AND s.last_active_at < akashi_now() - interval '1 second'`,
            [tokenSha256, limitMs],
          );
        }
        const { rows } = await client.query<SessionUser>(findSession, [tokenSha256, limitMs]);
        const row = rows[0];
        return row === undefined ? null : { ...row, tenantId: tenantId(row.tenantId) };
      }),
    advance: ({ sessionId, from, to, method }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE session SET token_sha256 = $4, stage = $5, expires_at = $6, challenge = NULL, last_active_at = akashi_now(),
                  methods = CASE WHEN $7::text IS NULL THEN methods ELSE methods || $7::text END,
                  stepped_up_at = CASE WHEN $7::text IS NULL THEN stepped_up_at ELSE akashi_now() END
           WHERE id = $1 AND token_sha256 = $2 AND stage = $3 AND revoked_at IS NULL`,
          [sessionId, from.tokenSha256, from.stage, to.tokenSha256, to.stage, to.expiresAt, method ?? null],
        );
        return rowCount === 1;
      }),
    noteStepUp: (sessionId) =>
      run(async (client) => {
        await client.query('UPDATE session SET stepped_up_at = akashi_now(), challenge = NULL WHERE id = $1', [
          sessionId,
        ]);
      }),
    putChallenge: (sessionId, challenge) =>
      run(async (client) => {
        await client.query('UPDATE session SET challenge = $2 WHERE id = $1', [sessionId, challenge]);
      }),
    takeChallenge: (sessionId) =>
      run(async (client) => {
        const { rows } = await client.query<{ challenge: Buffer | null }>(
          `WITH taken AS (SELECT id, challenge FROM session WHERE id = $1 FOR UPDATE)
           UPDATE session s SET challenge = NULL FROM taken WHERE s.id = taken.id RETURNING taken.challenge`,
          [sessionId],
        );
        return rows[0]?.challenge ?? null;
      }),
    revoke: (tokenSha256) =>
      run(async (client) => {
        await client.query(
          'UPDATE session SET revoked_at = akashi_now() WHERE token_sha256 = $1 AND revoked_at IS NULL',
          [tokenSha256],
        );
      }),
  };
}
