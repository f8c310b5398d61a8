import type { FindingState } from '@akashi/policy';
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { assignColumns } from '../assign-columns.ts';
import { readFinding, readFindings } from './read-finding.ts';
import type { FindingValues, NewFindingNote, PinnedLine, StoredFinding, WholeFinding } from './stored-finding.ts';

export type NewFinding = FindingValues &
  Pick<
    StoredFinding,
    'reviewDay' | 'itemId' | 'report' | 'areaId' | 'areaName' | 'foundBy' | 'foundByName' | 'foundAt'
  >;

/** What is undefined stays. */
export interface FindingChange extends Partial<FindingValues> {
  readonly state?: FindingState | undefined;
  readonly resolvedBy?: string | null | undefined;
  readonly closedBy?: string | null | undefined;
  readonly closedByName?: string | null | undefined;
  readonly closedAt?: Date | null | undefined;
}

/** Findings within a running transaction. */
export interface HeldFindings {
  /** Answers its id and its number, which counts on in the organisation. */
  create(finding: NewFinding): Promise<{ id: string; number: number }>;
  /** Holds it until the transaction ends; null where there is none. */
  hold(id: string): Promise<WholeFinding | null>;
  put(id: string, change: FindingChange): Promise<void>;
  /** Lines that are pinned already stay as they are. Answers how many are new. */
  pin(id: string, lines: readonly PinnedLine[], act: { by: string; at: Date }): Promise<number>;
  note(id: string, note: NewFindingNote): Promise<void>;
  ofDay(day: string): Promise<StoredFinding[]>;
  /** With lines and notes. */
  wholeOfDay(day: string): Promise<WholeFinding[]>;
}

const columns = {
  title: 'title',
  severity: 'severity',
  ownerId: 'owner_id',
  dueOn: 'due_on',
  who: 'who',
  when: 'when_at',
  system: 'system',
  reason: 'reason',
  cause: 'cause',
  action: 'action',
  outcome: 'outcome',
  ticket: 'ticket',
  state: 'state',
  resolvedBy: 'resolved_by',
  closedBy: 'closed_by',
  closedByName: 'closed_by_name',
  closedAt: 'closed_at',
} as const satisfies Record<keyof FindingChange, string>;

export function heldFindings(client: PoolClient, tenantId: string): HeldFindings {
  return {
    create: (finding) => insertFinding(client, tenantId, finding),
    hold: async (id) => {
      await client.query('SELECT FROM finding WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [tenantId, id]);
      return readFinding(client, { tenantId, id });
    },
    put: async (id, change) => {
      const { assignments, values } = assignColumns(columns, change, 3);
      if (values.length === 0) return;
      const statement = `UPDATE finding SET ${assignments} WHERE tenant_id = $1 AND id = $2`;
      await client.query(statement, [tenantId, id, ...values]);
    },
    pin: async (id, lines, { by, at }) => {
      let pinned = 0;
      for (const { eventId, recordSha256, time, logGroup, logStream } of lines) {
        const { rowCount } = await client.query(
          `INSERT INTO finding_line (tenant_id, finding_id, event_id, record_sha256, time, log_group, log_stream, pinned_by,
                                     pinned_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
          [tenantId, id, eventId, recordSha256, time, logGroup, logStream, by, at],
        );
        pinned += rowCount ?? 0;
      }
      return pinned;
    },
    note: async (id, { kind, byId, byName, at, text, changes = [] }) => {
      await client.query(
        `INSERT INTO finding_note (id, tenant_id, finding_id, number, kind, by_id, by_name, at, text, changes)
         SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, $7, $8, $9
         FROM finding_note WHERE tenant_id = $2 AND finding_id = $3`,
        [randomUUID(), tenantId, id, kind, byId, byName, at, text, JSON.stringify(changes)],
      );
    },
    ofDay: (day) => readFindings(client, { tenantId, day }),
    wholeOfDay: async (day) => {
      const whole: WholeFinding[] = [];
      for (const { id } of await readFindings(client, { tenantId, day })) {
        const found = await readFinding(client, { tenantId, id });
        if (found !== null) whole.push(found);
      }
      return whole;
    },
  };
}

async function insertFinding(
  client: PoolClient,
  tenantId: string,
  finding: NewFinding,
): Promise<{ id: string; number: number }> {
  // Two at once would both take the same number.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`finding ${tenantId}`]);
  const id = randomUUID();
  const { rows } = await client.query<{ number: number }>(
    `INSERT INTO finding (id, tenant_id, number, title, severity, owner_id, due_on, who, when_at, system, reason, cause, action,
                          outcome, ticket, review_day, item_id, report, area_id, area_name, found_by, found_by_name, found_at)
     SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
            $20, $21, $22
     FROM finding WHERE tenant_id = $2 RETURNING number`,
    [
      id,
      tenantId,
      finding.title,
      finding.severity,
      finding.ownerId,
      finding.dueOn,
      finding.who,
      finding.when,
      finding.system,
      finding.reason,
      finding.cause,
      finding.action,
      finding.outcome,
      finding.ticket,
      finding.reviewDay,
      finding.itemId,
      finding.report,
      finding.areaId,
      finding.areaName,
      finding.foundBy,
      finding.foundByName,
      finding.foundAt,
    ],
  );
  return { id, number: rows[0]?.number ?? 0 };
}
