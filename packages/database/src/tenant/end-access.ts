import type { PoolClient } from 'pg';

/** What ended with an account. */
export interface EndedAccess {
  sessions: number;
  keys: { id: string; kind: string; name: string }[];
}

/**
 * Ends every session of the person, revokes every key that the person is responsible for, and ends the secrets of rotated
 * keys that were theirs (PCI DSS 8.2.5).
 */
export async function endAccess(client: PoolClient, userId: string): Promise<EndedAccess> {
  const sessions = await client.query(
    'UPDATE session SET revoked_at = akashi_now() WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > akashi_now()',
    [userId],
  );
  const { rows } = await client.query<{ id: string; kind: string; name: string }>(
    `UPDATE access_key SET revoked_at = akashi_now() WHERE responsible_id = $1 AND revoked_at IS NULL
     RETURNING id, kind, name`,
    [userId],
  );
  await client.query(
    `UPDATE access_key SET former_sha256 = NULL, former_ends_at = NULL, former_responsible_id = NULL
     WHERE (former_responsible_id = $1 OR responsible_id = $1) AND former_sha256 IS NOT NULL`,
    [userId],
  );
  return { sessions: sessions.rowCount ?? 0, keys: rows };
}
