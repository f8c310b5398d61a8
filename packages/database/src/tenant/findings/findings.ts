import type { FindingState } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import { heldFindings, type HeldFindings } from './held-findings.ts';
import { readFinding, readFindings } from './read-finding.ts';
import { findingColumns, findingTables, type StoredFinding, type WholeFinding } from './stored-finding.ts';

export interface FindingSelection {
  readonly states?: readonly FindingState[] | undefined;
  readonly day?: string | undefined;
  readonly ownerId?: string | undefined;
  /** Only those with a smaller number. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What reviews found, until it is settled (PCI DSS 10.4.3). */
export interface Findings {
  /** Newest first. */
  list(selection: FindingSelection): Promise<StoredFinding[]>;
  ofDay(day: string): Promise<StoredFinding[]>;
  find(id: string): Promise<WholeFinding | null>;
  /** One transaction: what is held in it changes for nobody else. */
  change<T>(work: (held: HeldFindings) => Promise<T>): Promise<T>;
}

export function findings(run: RunSql, tenantId: string): Findings {
  return {
    list: ({ states, day, ownerId, before, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<StoredFinding>(
          `SELECT ${findingColumns} FROM ${findingTables}
           WHERE f.tenant_id = $1 AND ($2::text[] IS NULL OR f.state = ANY ($2)) AND ($3::text IS NULL OR f.review_day = $3)
             AND ($4::uuid IS NULL OR f.owner_id = $4) AND ($5::int IS NULL OR f.number < $5)
           ORDER BY f.number DESC LIMIT $6`,
          [tenantId, states ?? null, day ?? null, ownerId ?? null, before ?? null, limit],
        );
        return rows;
      }),
    ofDay: (day) => run((client) => readFindings(client, { tenantId, day })),
    find: (id) => run((client) => readFinding(client, { tenantId, id })),
    change: (work) => run((client) => work(heldFindings(client, tenantId))),
  };
}
