import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { holdsLogGroup, type HeldPart } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';
import type { ApprovalPerson } from '../approvals.ts';
import { lockKeeping } from './keep-blocks.ts';

export interface NewLegalHold {
  reason: string;
  /** Names in which `*` stands for any characters; none: every log group. */
  logGroups: string[];
  /** For whose sake, by the id of the masters. */
  personId: string | null;
  personName: string | null;
  from: Date | null;
  to: Date | null;
  createdBy: string;
}

export interface LegalHold extends Omit<NewLegalHold, 'createdBy'> {
  id: string;
  createdBy: ApprovalPerson;
  createdAt: Date;
  /** Asked for; it holds until `liftedAt`. */
  liftReason: string | null;
  liftAskedBy: ApprovalPerson | null;
  liftAskedAt: Date | null;
  liftApprovalId: string | null;
  /** A second person is still asked. */
  liftWaits: boolean;
  liftedBy: ApprovalPerson | null;
  liftedAt: Date | null;
}

/** What a hold keeps of some log groups. */
export interface HeldCount {
  blocks: number;
  records: number;
  /** Blocks whose time is over. */
  overdue: number;
}

export interface LegalHolds {
  /** Newest first. */
  list(): Promise<LegalHold[]>;
  get(id: string): Promise<LegalHold | null>;
  create(hold: NewLegalHold, beforeCommit: BeforeCommit): Promise<string>;
  /** Those that are not lifted. */
  inForce(): Promise<(HeldPart & { id: string; reason: string })[]>;
  /** Of the named log groups only. */
  count(hold: HeldPart, of: { logGroups: readonly string[]; now: Date }): Promise<HeldCount>;
}

const person = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NOT NULL
     THEN jsonb_build_object('id', ${alias}.id, 'email', ${alias}.email, 'displayName', ${alias}.display_name) END`;

const liftWaits = `EXISTS (
  SELECT FROM approval w WHERE w.id = h.lift_approval_id AND w.decision IS NULL AND w.lapses_at > akashi_now())`;

const select = `
  SELECT h.id, h.reason, coalesce(h.log_groups, '{}') AS "logGroups", h.person_id AS "personId",
    h.person_name AS "personName", h.from_at AS "from", h.to_at AS "to", ${person('c')} AS "createdBy",
    h.created_at AS "createdAt", h.lift_reason AS "liftReason", ${person('a')} AS "liftAskedBy",
    h.lift_asked_at AS "liftAskedAt", h.lift_approval_id AS "liftApprovalId", ${person('l')} AS "liftedBy",
    h.lifted_at AS "liftedAt", ${liftWaits} AS "liftWaits"
  FROM legal_hold h JOIN app_user c ON c.id = h.created_by LEFT JOIN app_user a ON a.id = h.lift_asked_by
  LEFT JOIN app_user l ON l.id = h.lifted_by WHERE h.tenant_id = $1`;

export function legalHolds(run: RunSql, tenantId: string): LegalHolds {
  const read = (condition: string, values: readonly unknown[]): Promise<LegalHold[]> =>
    run(async (client) => {
      const statement = `${select} ${condition} ORDER BY h.created_at DESC, h.id`;
      return (await client.query<LegalHold>(statement, [tenantId, ...values])).rows;
    });
  return {
    list: () => read('', []),
    get: async (id) => (await read('AND h.id = $2', [id]))[0] ?? null,
    create: (hold, beforeCommit) =>
      run(async (client) => {
        await lockKeeping(client, tenantId, 'alone');
        const id = randomUUID();
        const { reason, logGroups, personId, personName, from, to, createdBy } = hold;
        await client.query(
          `INSERT INTO legal_hold (id, tenant_id, reason, log_groups, person_id, person_name, from_at, to_at, created_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [id, tenantId, reason, logGroups, personId, personName, from, to, createdBy],
        );
        await beforeCommit();
        return id;
      }),
    inForce: () => run((client) => holdsInForce(client, tenantId)),
    count: (hold, { logGroups, now }) =>
      run(async (client) => {
        const names = logGroups.filter((name) => holdsLogGroup(hold, name));
        const { rows } = await client.query<HeldCount>(
          `SELECT count(DISTINCT b.number)::int AS blocks, coalesce(sum(l.records), 0)::float8 AS records,
             (count(DISTINCT b.number) FILTER (WHERE b.kept_until <= $5))::int AS overdue
           FROM block_log_group l JOIN block b ON b.tenant_id = l.tenant_id AND b.number = l.block_number
           WHERE l.tenant_id = $1 AND l.log_group = ANY ($2::text[]) AND b.object_key IS NOT NULL AND b.removed_at IS NULL
             AND ($3::bigint IS NULL OR l.last_received_us >= $3) AND ($4::bigint IS NULL OR l.first_received_us < $4)`,
          [tenantId, names, hold.fromUs, hold.toUs, now],
        );
        return rows[0] ?? { blocks: 0, records: 0, overdue: 0 };
      }),
  };
}

export async function holdsInForce(
  client: PoolClient,
  tenantId: string,
): Promise<(HeldPart & { id: string; reason: string })[]> {
  const { rows } = await client.query<{
    id: string;
    reason: string;
    logGroups: string[];
    from: Date | null;
    to: Date | null;
  }>(
    `SELECT id, reason, coalesce(log_groups, '{}') AS "logGroups", from_at AS "from", to_at AS "to" FROM legal_hold
     WHERE tenant_id = $1 AND lifted_at IS NULL ORDER BY created_at, id`,
    [tenantId],
  );
  return rows.map(({ from, to, ...hold }) => ({
    ...hold,
    fromUs: from === null ? null : from.getTime() * 1000,
    toUs: to === null ? null : to.getTime() * 1000,
  }));
}

/** Notes that a lift is asked for; answers false where it is lifted, or a lift waits already. */
export async function askLift(
  client: PoolClient,
  tenantId: string,
  { id, by, reason, approvalId }: { id: string; by: string; reason: string; approvalId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE legal_hold h SET lift_reason = $4, lift_asked_by = $3, lift_asked_at = akashi_now(), lift_approval_id = $5
     WHERE h.tenant_id = $1 AND h.id = $2 AND h.lifted_at IS NULL AND NOT ${liftWaits}`,
    [tenantId, id, by, reason, approvalId],
  );
  return rowCount === 1;
}

/** Lifts it on the second person's word. */
export async function liftHold(
  client: PoolClient,
  tenantId: string,
  { id, by, approvalId }: { id: string; by: string; approvalId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE legal_hold SET lifted_by = $3, lifted_at = akashi_now()
     WHERE tenant_id = $1 AND id = $2 AND lifted_at IS NULL AND lift_approval_id = $4`,
    [tenantId, id, by, approvalId],
  );
  return rowCount === 1;
}
