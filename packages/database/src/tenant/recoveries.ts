import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export type RecoveryOutcome = 'confirmed' | 'declined' | 'replaced';

/** One of the organisation's contacts, and what they said. */
export interface RecoveryVoice {
  name: string;
  email: string;
  decision: 'confirm' | 'decline' | null;
  decidedAt: string | null;
}

/** That an operator of the installation asked for an administrator of an organisation that has none any more. */
export interface Recovery {
  id: string;
  /** Who would be the administrator. */
  email: string;
  displayName: string;
  reason: string;
  /** The operator's address. */
  requestedBy: string;
  requestedAt: Date;
  expiresAt: Date;
  /** How many contacts have to confirm it. */
  needed: number;
  outcome: RecoveryOutcome | null;
  endedAt: Date | null;
  voices: RecoveryVoice[];
}

export interface NewRecovery {
  email: string;
  displayName: string;
  reason: string;
  requestedBy: string;
  expiresAt: Date;
  needed: number;
  /** The tokens themselves are only in the mails. */
  contacts: readonly { name: string; email: string; tokenSha256: Buffer }[];
}

/** `waiting`: others have to confirm too. `gone`: the link was used, or the recovery is over. */
export type VoiceOutcome = 'confirmed' | 'waiting' | 'declined' | 'gone';

export interface Recoveries {
  /** All there ever were, newest first. */
  list(): Promise<Recovery[]>;
  /** Takes the place of one that is still open. */
  open(recovery: NewRecovery, beforeCommit: BeforeCommit): Promise<string>;
  /** One contact's answer, once. The first refusal ends it; enough confirmations do. */
  answer(
    voice: { tokenSha256: Buffer; decision: 'confirm' | 'decline' },
    beforeCommit: BeforeCommit,
  ): Promise<VoiceOutcome>;
}

const select = `
  SELECT r.id, r.email, r.display_name AS "displayName", r.reason, r.requested_by AS "requestedBy",
    r.requested_at AS "requestedAt", r.expires_at AS "expiresAt", r.needed, r.outcome, r.ended_at AS "endedAt",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', v.name, 'email', v.email, 'decision', v.decision,
       'decidedAt', v.decided_at) ORDER BY v.email), '[]') FROM recovery_voice v WHERE v.recovery_id = r.id) AS voices
  FROM recovery r WHERE r.tenant_id = $1 ORDER BY r.requested_at DESC, r.id`;

export function recoveries(run: RunSql, tenantId: string): Recoveries {
  return {
    list: () => run(async (client) => (await client.query<Recovery>(select, [tenantId])).rows),
    open: (recovery, beforeCommit) =>
      run(async (client) => {
        const id = randomUUID();
        await client.query(
          `UPDATE recovery SET outcome = 'replaced', ended_at = akashi_now() WHERE tenant_id = $1 AND outcome IS NULL`,
          [tenantId],
        );
        await client.query(
          `INSERT INTO recovery (id, tenant_id, email, display_name, reason, requested_by, expires_at, needed)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            id,
            tenantId,
            recovery.email,
            recovery.displayName,
            recovery.reason,
            recovery.requestedBy,
            recovery.expiresAt,
            recovery.needed,
          ],
        );
        for (const { name, email, tokenSha256 } of recovery.contacts) {
          await client.query(
            `INSERT INTO recovery_voice (id, tenant_id, recovery_id, name, email, token_sha256)
             VALUES ($1, $2, $3, $4, $5, $6)`,
            [randomUUID(), tenantId, id, name, email, tokenSha256],
          );
        }
        await beforeCommit();
        return id;
      }),
    answer: ({ tokenSha256, decision }, beforeCommit) =>
      run(async (client) => {
        const { rows } = await client.query<{ id: string; voiceId: string; needed: number }>(
          `SELECT r.id, v.id AS "voiceId", r.needed FROM recovery_voice v JOIN recovery r ON r.id = v.recovery_id
           WHERE v.tenant_id = $1 AND v.token_sha256 = $2 AND v.decision IS NULL AND r.outcome IS NULL
             AND r.expires_at > akashi_now() FOR UPDATE OF r`,
          [tenantId, tokenSha256],
        );
        const found = rows[0];
        if (found === undefined) return 'gone';
        const { rowCount } = await client.query(
          'UPDATE recovery_voice SET decision = $2, decided_at = akashi_now() WHERE id = $1 AND decision IS NULL',
          [found.voiceId, decision],
        );
        if (rowCount !== 1) return 'gone';
        const outcome = await outcomeOf(client, { ...found, decision });
        if (outcome !== 'waiting') {
          await client.query('UPDATE recovery SET outcome = $2, ended_at = akashi_now() WHERE id = $1', [
            found.id,
            outcome,
          ]);
        }
        await beforeCommit();
        return outcome;
      }),
  };
}

async function outcomeOf(
  client: PoolClient,
  { id, needed, decision }: { id: string; needed: number; decision: 'confirm' | 'decline' },
): Promise<'confirmed' | 'waiting' | 'declined'> {
  if (decision === 'decline') return 'declined';
  const { rows } = await client.query<{ confirmed: number }>(
    `SELECT count(*)::int AS confirmed FROM recovery_voice WHERE recovery_id = $1 AND decision = 'confirm'`,
    [id],
  );
  return (rows[0]?.confirmed ?? 0) >= needed ? 'confirmed' : 'waiting';
}
