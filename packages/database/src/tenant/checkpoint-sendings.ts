import { randomUUID } from 'node:crypto';
import type { RunSql } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';
import type { CheckpointWayKind } from './checkpoint-ways.ts';

/** One checkpoint on one way, as the way was then. */
export interface CheckpointSending {
  id: string;
  wayId: string;
  kind: CheckpointWayKind;
  name: string;
  target: string;
  /** Entries of the log that it commits to. */
  size: number;
  /** The signed note. */
  note: string;
  /** When verification proved it. */
  provenAt: Date;
  /** The day that it is of, `yyyy-mm-dd`; null for one that somebody asked for. */
  period: string | null;
  askedBy: string | null;
  createdAt: Date;
  /** With the one that is under way. */
  attempts: number;
  /** Null while it waits. */
  outcome: 'sent' | 'failed' | null;
  /** The code of the newest failure. */
  error: string | null;
  finishedAt: Date | null;
  /** Where it went: mail addresses, a URL, the keys of objects. */
  receivers: string[];
  /** Of a time stamp: when, and by whom. */
  stampedAt: Date | null;
  authority: string | null;
}

export interface NewCheckpointSending extends Pick<
  CheckpointSending,
  'wayId' | 'kind' | 'name' | 'target' | 'size' | 'note' | 'provenAt' | 'period'
> {
  askedBy: string | null;
  createdAt: Date;
}

export type CheckpointOutcome =
  | {
      outcome: 'sent';
      at: Date;
      receivers: readonly string[];
      stamp: { at: Date; authority: string } | null;
    }
  | { outcome: 'waits'; until: Date; error: string }
  | { outcome: 'failed'; at: Date; error: string };

export interface CheckpointSendings {
  /** Answers the ids of those that are new: of a day each way has one. */
  plan(sendings: readonly NewCheckpointSending[], beforeCommit?: BeforeCommit): Promise<string[]>;
  /** Those of the claimed ids that still wait, oldest first; time stamps before what may carry them. */
  load(ids: readonly string[]): Promise<CheckpointSending[]>;
  settle(id: string, outcome: CheckpointOutcome): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<CheckpointSending[]>;
}

const columns = `id, way_id AS "wayId", kind, name, target, size, note, proven_at AS "provenAt", period, asked_by AS "askedBy",
  created_at AS "createdAt", attempts, outcome, error, finished_at AS "finishedAt", coalesce(receivers, '{}') AS receivers,
  stamped_at AS "stampedAt", authority`;

export function checkpointSendings(run: RunSql, tenantId: string): CheckpointSendings {
  return {
    plan: (sendings, beforeCommit) =>
      run(async (client) => {
        const planned: string[] = [];
        for (const { wayId, kind, name, target, size, note, provenAt, period, askedBy, createdAt } of sendings) {
          const { rows } = await client.query<{ id: string }>(
            `INSERT INTO checkpoint_sending
               (id, tenant_id, way_id, kind, name, target, size, note, proven_at, period, asked_by, created_at, due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
             ON CONFLICT (tenant_id, way_id, period) WHERE period IS NOT NULL DO NOTHING RETURNING id`,
            [randomUUID(), tenantId, wayId, kind, name, target, size, note, provenAt, period, askedBy, createdAt],
          );
          planned.push(...rows.map(({ id }) => id));
        }
        await beforeCommit?.();
        return planned;
      }),
    load: (ids) =>
      run(async (client) => {
        const { rows } = await client.query<CheckpointSending>(
          `SELECT ${columns} FROM checkpoint_sending WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND outcome IS NULL
           ORDER BY kind <> 'time-stamp', created_at, id`,
          [tenantId, ids],
        );
        return rows;
      }),
    settle: (id, result) =>
      run(async (client) => {
        const sent = result.outcome === 'sent' ? result : null;
        await client.query(
          `UPDATE checkpoint_sending SET outcome = $3, error = $4, finished_at = $5, claimed_until = NULL,
             due_at = coalesce($6, due_at), receivers = $7, stamped_at = $8, authority = $9
           WHERE tenant_id = $1 AND id = $2 AND outcome IS NULL`,
          [
            tenantId,
            id,
            result.outcome === 'waits' ? null : result.outcome,
            result.outcome === 'sent' ? null : result.error,
            result.outcome === 'waits' ? null : result.at,
            result.outcome === 'waits' ? result.until : null,
            sent === null ? [] : [...sent.receivers],
            sent?.stamp?.at ?? null,
            sent?.stamp?.authority ?? null,
          ],
        );
      }),
    list: (limit) =>
      run(async (client) => {
        const { rows } = await client.query<CheckpointSending>(
          `SELECT ${columns} FROM checkpoint_sending WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`,
          [tenantId, limit],
        );
        return rows;
      }),
  };
}
