import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { insertGrant, type NewGrant } from './access-grants.ts';
import { insertMember } from './access-groups.ts';
import type { BeforeCommit } from './access-keys.ts';
import { askLift, liftHold } from './keeping/legal-holds.ts';
import { insertTombstone } from './keeping/tombstones.ts';
import { applyRetentionChange, type RetentionChange } from './keeping/retention-changes.ts';

/** What a grant will be, as it was asked for. Times are RFC 3339. */
export interface GrantContent {
  logGroups: string[];
  logStreams: string[];
  sources: string[];
  rowFilter: string | null;
  hiddenFields: string[];
  /** Null: from the moment of the approval. */
  validFrom: string | null;
  validTo: string | null;
  reason: string;
}

export interface MappingContent {
  /** Of the provider, when it was asked. */
  name: string;
  groupMapping: { values: string[]; role: string | null; groupIds: string[] }[];
}

/** What a hold names, as it was when its lift was asked for. Times are RFC 3339. */
export interface LiftContent {
  reason: string;
  holdReason: string;
  logGroups: string[];
  person: string | null;
  from: string | null;
  to: string | null;
}

/** Records that are to be removed, by their blocks. */
export interface TombstoneContent {
  reason: string;
  rule: { id: string; version: string; requirement: string };
  askedName: string;
  blocks: { block: number; positions: string; records: number }[];
}

/**
 * What waits for a word: a grant to a group, a person's own entry into one, what the groups of a provider open here, a
 * lowering of retention, the lift of a legal hold, the removal of records.
 */
export type ApprovalSubject =
  | { kind: 'grant'; groupId: string; subjectId: null; content: GrantContent }
  | { kind: 'membership'; groupId: string; subjectId: string; content: Record<string, never> }
  | { kind: 'identity-provider'; groupId: null; subjectId: string; content: MappingContent }
  | { kind: 'retention'; groupId: null; subjectId: null; content: RetentionChange }
  | { kind: 'legal-hold'; groupId: null; subjectId: string; content: LiftContent }
  | { kind: 'tombstone'; groupId: null; subjectId: null; content: TombstoneContent };

export type ApprovalDecision = 'confirmed' | 'declined' | 'withdrawn' | 'alone';

export interface ApprovalPerson {
  id: string;
  email: string;
  displayName: string;
}

export type Approval = ApprovalSubject & {
  id: string;
  groupName: string | null;
  requestedBy: ApprovalPerson;
  requestedAt: Date;
  /** Who is asked, or who decided; null while anybody else who may approve is asked. */
  approver: ApprovalPerson | null;
  /** When it can no longer be confirmed. */
  lapsesAt: Date;
  decision: ApprovalDecision | null;
  note: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
};

export type NewApproval = ApprovalSubject & {
  requestedBy: string;
  /**
   * The requester themselves only where nobody else could be asked: then it is in force with the same commit. Null: anybody
   * else who may approve.
   */
  approverId: string | null;
  lapsesAt: Date;
};

export interface ApprovalVerdict {
  id: string;
  by: string;
  decision: 'confirmed' | 'declined' | 'withdrawn';
  note: string | null;
}

/** `gone`: what it would open, or whom it is for, is not there any more. */
export type ApprovalOutcome = 'decided' | 'not-found' | 'decided-before' | 'gone';

export interface ApprovingPerson {
  personId: string;
  /** Whether the person is asked where nobody is named. */
  mayApprove: boolean;
}

/** Words that are waited for, and that were given. What is asked for never changes; the answer is added once. */
export interface Approvals {
  /** Newest first; of one person those that they were asked or that they asked for. */
  list(of?: ApprovingPerson): Promise<Approval[]>;
  find(id: string): Promise<Approval | null>;
  /** How many wait for this person. */
  waiting(of: ApprovingPerson): Promise<number>;
  /** Null when what it is about is not there. */
  request(wanted: NewApproval, beforeCommit: BeforeCommit): Promise<string | null>;
  /** Confirming and declining are the approver's own, or where none was named anybody else's than who asked; with `confirmed` it is in force in the same commit. */
  decide(verdict: ApprovalVerdict, beforeCommit: BeforeCommit): Promise<ApprovalOutcome>;
}

const person = (alias: string): string =>
  `jsonb_build_object('id', ${alias}.id, 'email', ${alias}.email, 'displayName', ${alias}.display_name)`;

const select = `
  SELECT a.id, a.kind, a.group_id AS "groupId", g.name AS "groupName", a.subject_id AS "subjectId", a.content,
    ${person('r')} AS "requestedBy", a.requested_at AS "requestedAt", CASE WHEN u.id IS NOT NULL THEN ${person('u')} END AS approver,
    a.lapses_at AS "lapsesAt", a.decision, a.note, a.decided_by AS "decidedBy", a.decided_at AS "decidedAt"
  FROM approval a JOIN app_user r ON r.id = a.requested_by
  LEFT JOIN app_user u ON u.id = coalesce(a.approver_id, CASE WHEN a.decision <> 'withdrawn' THEN a.decided_by END)
  LEFT JOIN access_group g ON g.id = a.group_id WHERE a.tenant_id = $1`;

const isWaiting = 'decision IS NULL AND lapses_at > akashi_now()';

class Gone extends Error {}

export function approvals(run: RunSql, tenantId: string): Approvals {
  const rowsOf = (condition: string, values: readonly unknown[]): Promise<Approval[]> =>
    run(async (client) => {
      const statement = `${select} ${condition} ORDER BY a.requested_at DESC, a.id LIMIT 500`;
      return (await client.query<Approval>(statement, [tenantId, ...values])).rows;
    });
  return {
    list: (of) =>
      of === undefined
        ? rowsOf('', [])
        : rowsOf('AND (r.id = $2 OR u.id = $2 OR (a.approver_id IS NULL AND $3))', [of.personId, of.mayApprove]),
    find: async (id) => (await rowsOf('AND a.id = $2', [id]))[0] ?? null,
    waiting: ({ personId, mayApprove }) =>
      run(async (client) => {
        const { rows } = await client.query<{ waiting: number }>(
          `SELECT count(*)::int AS waiting FROM approval WHERE tenant_id = $1 AND ${isWaiting}
             AND (approver_id = $2 OR (approver_id IS NULL AND requested_by <> $2 AND $3))`,
          [tenantId, personId, mayApprove],
        );
        return rows[0]?.waiting ?? 0;
      }),
    request: (wanted, beforeCommit) =>
      run(async (client) => {
        const id = randomUUID();
        const { kind, groupId, subjectId, content, requestedBy, approverId, lapsesAt } = wanted;
        const isAlone = requestedBy === approverId;
        await client.query(
          `INSERT INTO approval (id, tenant_id, kind, group_id, subject_id, content, requested_by, approver_id, lapses_at,
             decision, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
             CASE WHEN $11::uuid IS NOT NULL THEN akashi_now() END)`,
          [
            id,
            tenantId,
            kind,
            groupId,
            subjectId,
            JSON.stringify(content),
            requestedBy,
            approverId,
            lapsesAt,
            isAlone ? 'alone' : null,
            isAlone ? requestedBy : null,
          ],
        );
        if (isAlone) await putInForce(client, tenantId, { ...wanted, id, by: requestedBy });
        if (wanted.kind === 'legal-hold') {
          const lift = { id: wanted.subjectId, by: requestedBy, reason: wanted.content.reason, approvalId: id };
          if (!(await askLift(client, tenantId, lift))) throw new Gone();
        }
        await beforeCommit();
        return id;
      }).catch((error: unknown) => {
        if (error instanceof Gone) return null;
        throw error;
      }),
    decide: ({ id, by, decision, note }, beforeCommit) =>
      run(async (client): Promise<ApprovalOutcome> => {
        const { rows } = await client.query<NewApproval & { isWaiting: boolean }>(
          `SELECT kind, group_id AS "groupId", subject_id AS "subjectId", content, requested_by AS "requestedBy",
             approver_id AS "approverId", lapses_at AS "lapsesAt", ${isWaiting} AS "isWaiting"
           FROM approval WHERE tenant_id = $1 AND id = $2 
             AND ($4 = 'withdrawn' OR approver_id = $3 OR (approver_id IS NULL AND requested_by <> $3)) FOR UPDATE`,
          [tenantId, id, by, decision],
        );
        const asked = rows[0];
        if (asked === undefined) return 'not-found';
        if (!asked.isWaiting) return 'decided-before';
        await client.query(
          'UPDATE approval SET decision = $2, note = $3, decided_by = $4, decided_at = akashi_now() WHERE id = $1',
          [id, decision, note, by],
        );
        if (decision === 'confirmed') await putInForce(client, tenantId, { ...asked, id, by });
        await beforeCommit();
        return 'decided';
      }).catch((error: unknown): ApprovalOutcome => {
        if (error instanceof Gone) return 'gone';
        throw error;
      }),
  };
}

/** One for each block; false when one of the blocks went as a whole meanwhile. */
async function insertTombstones(
  client: PoolClient,
  tenantId: string,
  { content, requestedBy, by }: Given & { kind: 'tombstone' },
): Promise<boolean> {
  const numbers = content.blocks.map(({ block }) => block);
  const { rows } = await client.query<{ name: string; at: Date; kept: number }>(
    `SELECT u.display_name AS name, akashi_now() AS at,
       (SELECT count(*)::int FROM block WHERE tenant_id = $1 AND number = ANY ($3::bigint[]) AND disposal_id IS NULL) AS kept
     FROM app_user u WHERE u.tenant_id = $1 AND u.id = $2`,
    [tenantId, by, numbers],
  );
  const approver = rows[0];
  if (approver?.kept !== numbers.length) return false;
  const people = {
    asked: { id: requestedBy, name: content.askedName },
    approved: { id: by, name: approver.name },
  };
  for (const each of content.blocks) {
    const { reason, rule } = content;
    await insertTombstone(client, tenantId, { tombstone: { ...each, reason, rule, ...people }, at: approver.at });
  }
  return true;
}

/** What is put in force, and on whose word. */
type Given = NewApproval & { id: string; by: string };

/** Makes what was asked for; throws `Gone` when there is no place for it any more. */
async function putInForce(client: PoolClient, tenantId: string, asked: Given): Promise<void> {
  const isThere = await makeAsked(client, tenantId, asked);
  if (!isThere) throw new Gone();
}

async function makeAsked(client: PoolClient, tenantId: string, asked: Given): Promise<boolean> {
  const { requestedBy, approverId } = asked;
  if (asked.kind === 'retention') {
    const change = { change: asked.content, by: requestedBy, approvedBy: asked.by };
    return applyRetentionChange(client, tenantId, change);
  }
  if (asked.kind === 'legal-hold') {
    return liftHold(client, tenantId, { id: asked.subjectId, by: asked.by, approvalId: asked.id });
  }
  if (asked.kind === 'tombstone') return insertTombstones(client, tenantId, asked);
  if (asked.kind === 'membership') {
    const member = { groupId: asked.groupId, userId: asked.subjectId, by: requestedBy };
    return (await insertMember(client, tenantId, member)) !== null;
  }
  if (asked.kind === 'identity-provider') {
    const { rowCount } = await client.query(
      `UPDATE identity_provider SET group_mapping = $3 WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL`,
      [tenantId, asked.subjectId, JSON.stringify(asked.content.groupMapping)],
    );
    return rowCount === 1;
  }
  const { rows } = await client.query<{ email: string }>(
    'SELECT email FROM app_user WHERE tenant_id = $1 AND id = $2',
    [tenantId, approverId],
  );
  const { validFrom, validTo, ...coverage } = asked.content;
  const grant: NewGrant = {
    ...coverage,
    groupId: asked.groupId,
    validFrom: validFrom === null ? undefined : new Date(validFrom),
    validTo: validTo === null ? null : new Date(validTo),
    approvedBy: rows[0]?.email ?? '',
    createdBy: requestedBy,
    approvalId: asked.id,
    approvedAlone: requestedBy === approverId,
  };
  return (await insertGrant(client, tenantId, grant)) !== null;
}
