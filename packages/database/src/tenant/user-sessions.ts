import type { RunSql } from '../scoped-transaction.ts';

export interface UserSession {
  id: string;
  createdAt: Date;
  lastActiveAt: Date;
  expiresAt: Date;
  methods: string[];
  address: string | null;
  userAgent: string | null;
}

/** The live full sessions of a person of this tenant. */
export interface UserSessions {
  list(userId: string, idleMs: number): Promise<UserSession[]>;
  /** False when there is no such live session of this person. */
  revoke(userId: string, sessionId: string): Promise<boolean>;
  /** All but one; answers how many. */
  revokeOthers(userId: string, keptSessionId: string | null): Promise<number>;
}

const live = `user_id = $1 AND revoked_at IS NULL AND expires_at > akashi_now()`;

export function userSessions(run: RunSql): UserSessions {
  return {
    list: (userId, idleMs) =>
      run(async (client) => {
        const { rows } = await client.query<UserSession>(
          `SELECT id, created_at AS "createdAt", last_active_at AS "lastActiveAt", expires_at AS "expiresAt", methods,
                  address, user_agent AS "userAgent"
           FROM session WHERE ${live} AND stage = 'full' AND last_active_at > akashi_now() - $2 * interval '1 millisecond'
           ORDER BY last_active_at DESC, id`,
          [userId, idleMs],
        );
        return rows;
      }),
    revoke: (userId, sessionId) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE session SET revoked_at = akashi_now() WHERE ${live} AND id = $2`,
          [userId, sessionId],
        );
        return rowCount === 1;
      }),
    revokeOthers: (userId, keptSessionId) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE session SET revoked_at = akashi_now() WHERE ${live} AND id IS DISTINCT FROM $2::uuid`,
          [userId, keptSessionId],
        );
        return rowCount ?? 0;
      }),
  };
}
