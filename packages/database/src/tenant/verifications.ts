import { randomUUID } from 'node:crypto';
import type { RunSql } from '../scoped-transaction.ts';

export interface VerificationFinding {
  code: string;
  /** The object, block or record that is not as it was, by its name or number. */
  where: string;
  /** The event that it is about. */
  event?: string;
  /** The place in the log that it is about; absent when it is about the log as a whole. */
  block?: number;
  leaf?: number;
  /** The place of an event in its landing segment, which it has before it has one in the log. */
  segmentId?: string;
  position?: number;
  /** The fields of an indexed document that are not those of its sealed record. */
  fields?: string[];
}

export interface NewVerification {
  /** What was compared, such as `archive`, `index` or `ledger`. */
  kind: string;
  outcome: 'proven' | 'altered' | 'unreadable';
  startedAt: Date;
  finishedAt: Date | null;
  treeSize: number;
  blocks: number;
  records: number;
  findings: VerificationFinding[];
}

export interface Verification extends NewVerification {
  id: string;
}

/** How far one verification reached. */
export interface VerificationReach {
  treeSize: number;
  finishedAt: Date;
}

export interface Verifications {
  insert(verification: NewVerification): Promise<string>;
  /** Newest first. */
  list(page?: { limit: number }): Promise<Verification[]>;
  /** Of those that could read everything, newest first. */
  listReach(page: { limit: number }): Promise<VerificationReach[]>;
}

export function verifications(run: RunSql, tenantId: string): Verifications {
  return {
    insert: (found) =>
      run(async (client) => {
        const id = randomUUID();
        await client.query(
          `INSERT INTO verification (id, tenant_id, kind, outcome, started_at, finished_at, tree_size, blocks, records,
             findings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            id,
            tenantId,
            found.kind,
            found.outcome,
            found.startedAt,
            found.finishedAt,
            found.treeSize,
            found.blocks,
            found.records,
            JSON.stringify(found.findings),
          ],
        );
        return id;
      }),
    list: (page) =>
      run(async (client) => {
        const { rows } = await client.query<Verification>(
          `SELECT id, kind, outcome, started_at AS "startedAt", finished_at AS "finishedAt", tree_size AS "treeSize",
                  blocks, records, findings
           FROM verification WHERE tenant_id = $1 ORDER BY started_at DESC LIMIT $2`,
          [tenantId, page?.limit ?? 50],
        );
        return rows;
      }),
    listReach: ({ limit }) =>
      run(async (client) => {
        const { rows } = await client.query<VerificationReach>(
          `SELECT tree_size AS "treeSize", finished_at AS "finishedAt" FROM verification
           WHERE tenant_id = $1 AND outcome <> 'unreadable' AND finished_at IS NOT NULL
           ORDER BY started_at DESC LIMIT $2`,
          [tenantId, limit],
        );
        return rows;
      }),
  };
}
