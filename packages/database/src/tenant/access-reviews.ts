import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { endAccess } from './end-access.ts';

export type ReviewKind = 'member' | 'membership' | 'grant' | 'key';
export type ReviewDecision = 'confirm' | 'remove';

export interface AccessReview {
  id: string;
  openedAt: Date;
  openedBy: string | null;
  /** When everything should be decided. */
  dueAt: Date;
  closedAt: Date | null;
  closedBy: string | null;
  items: number;
  decided: number;
  removed: number;
}

export interface AccessReviewItem {
  id: string;
  kind: ReviewKind;
  /** Of the account, the membership, the grant or the key. */
  subjectId: string;
  /** The right as it was when the review was opened. */
  snapshot: Record<string, unknown>;
  /** Whose account, membership or key it is; of a grant null. Of a key, who is responsible for it now. */
  holderId: string | null;
  /** Who made the key; of anything else null. */
  makerId: string | null;
  /** Who answers for the group of a membership or grant. */
  ownerId: string | null;
  decision: ReviewDecision | null;
  note: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

export interface ReviewOwner {
  ownerId: string;
}

export interface ReviewVerdict {
  reviewId: string;
  itemId: string;
  decision: ReviewDecision;
  note: string | null;
  by: string;
  /** Only an item of this owner. */
  ownerId?: string;
}

export type DecideOutcome = 'decided' | 'not-found' | 'decided-before' | 'last-administrator';

/** PCI DSS 7.2.4: all accounts and their rights, confirmed or removed, and who said so. */
export interface AccessReviews {
  /** With an owner: reviews that hold items of theirs, counting those alone. */
  list(of?: ReviewOwner): Promise<AccessReview[]>;
  find(id: string, of?: ReviewOwner): Promise<AccessReview | null>;
  items(id: string, of?: ReviewOwner): Promise<AccessReviewItem[]>;
  /** Whether a review that is open holds items of theirs. */
  asks(ownerId: string): Promise<boolean>;
  /** Takes everybody's accounts, memberships, grants and keys as they are now. Null while another review is open. */
  open(review: { dueAt: Date; by: string | null }): Promise<string | null>;
  /** With `remove` the right ends in the same commit. */
  decide(verdict: ReviewVerdict): Promise<DecideOutcome>;
  close(review: { id: string; by: string }): Promise<'closed' | 'not-found' | 'undecided'>;
  /** The end of the last review, and when the tenant began. */
  history(): Promise<{ lastClosedAt: Date | null; tenantCreatedAt: Date }>;
}

const select = `
  SELECT r.id, r.opened_at AS "openedAt", r.opened_by AS "openedBy", r.due_at AS "dueAt", r.closed_at AS "closedAt",
    r.closed_by AS "closedBy", count(i.id)::int AS items, count(i.decision)::int AS decided,
    (count(*) FILTER (WHERE i.decision = 'remove'))::int AS removed
  FROM access_review r LEFT JOIN access_review_item i ON i.review_id = r.id
  WHERE r.tenant_id = $1 AND ($2::uuid IS NULL OR i.owner_id = $2)`;

const selectItems = `
  SELECT i.id, i.kind, i.subject_id AS "subjectId", i.snapshot, k.created_by AS "makerId",
         CASE i.kind WHEN 'member' THEN i.subject_id WHEN 'membership' THEN m.user_id
           WHEN 'key' THEN k.responsible_id END AS "holderId", i.owner_id AS "ownerId",
         i.decision, i.note, i.decided_by AS "decidedBy", i.decided_at AS "decidedAt"
  FROM access_review_item i LEFT JOIN group_member m ON i.kind = 'membership' AND m.id = i.subject_id
  LEFT JOIN access_key k ON i.kind = 'key' AND k.id = i.subject_id
  WHERE i.tenant_id = $1 AND i.review_id = $3 AND ($2::uuid IS NULL OR i.owner_id = $2)
  ORDER BY array_position(array['member', 'membership', 'grant', 'key'], i.kind), i.snapshot->>'name', i.id`;

/** One statement for each kind of right: what there is now, as items of the review. */
const snapshots: Readonly<Record<ReviewKind, string>> = {
  member: `
    SELECT u.id, jsonb_build_object('name', u.display_name, 'email', u.email, 'role', u.role,
      'lastSignInAt', u.last_sign_in_at, 'accessUntil', u.access_until), NULL::uuid
    FROM app_user u WHERE u.tenant_id = $1 AND u.disabled_at IS NULL`,
  membership: `
    SELECT m.id, jsonb_build_object('name', u.display_name, 'email', u.email, 'group', g.name, 'since', m.added_at),
      g.owner_id
    FROM group_member m JOIN app_user u ON u.id = m.user_id AND u.disabled_at IS NULL
    JOIN access_group g ON g.id = m.group_id AND g.removed_at IS NULL
    WHERE m.tenant_id = $1 AND m.removed_at IS NULL`,
  grant: `
    SELECT a.id, jsonb_build_object('name', g.name, 'group', g.name, 'logGroups', a.log_groups, 'logStreams',
      a.log_streams, 'sources', a.sources, 'rowFilter', a.row_filter, 'hiddenFields', a.hidden_fields, 'validTo',
      a.valid_to, 'reason', a.reason, 'approvedBy', a.approved_by), g.owner_id
    FROM access_grant a JOIN access_group g ON g.id = a.group_id AND g.removed_at IS NULL
    WHERE a.tenant_id = $1 AND a.revoked_at IS NULL AND (a.valid_to IS NULL OR a.valid_to > akashi_now())`,
  key: `
    SELECT k.id, jsonb_build_object('name', k.name, 'kind', k.kind, 'logGroups', k.log_groups, 'addressRanges',
      k.address_ranges, 'expiresAt', k.expires_at, 'lastUsedAt', k.last_used_at, 'responsible', u.display_name,
      'email', u.email, 'responsibleSince', k.responsible_since), NULL::uuid
    FROM access_key k LEFT JOIN app_user u ON u.id = k.responsible_id AND u.tenant_id = k.tenant_id
    WHERE k.tenant_id = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > akashi_now())`,
};

/** What ends with each kind of right; $1 is the subject, $2 who decided. */
const removals: Readonly<Record<ReviewKind, readonly string[]>> = {
  member: [
    `UPDATE app_user SET disabled_at = akashi_now(), disabled_reason = 'access-review' WHERE id = $1 AND disabled_at IS NULL
     AND $2::uuid IS NOT NULL`,
  ],
  membership: [
    'UPDATE group_member SET removed_at = akashi_now(), removed_by = $2 WHERE id = $1 AND removed_at IS NULL',
  ],
  grant: ['UPDATE access_grant SET revoked_at = akashi_now(), revoked_by = $2 WHERE id = $1 AND revoked_at IS NULL'],
  key: [
    `UPDATE access_key SET revoked_at = akashi_now(), former_ends_at = NULL, former_sha256 = NULL
     WHERE id = $1 AND revoked_at IS NULL AND $2::uuid IS NOT NULL`,
  ],
};

/** The administrators are locked, so that two removals at once cannot both find the other one left. */
async function isLastAdministrator(client: PoolClient, tenantId: string, userId: string): Promise<boolean> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM app_user WHERE tenant_id = $1 AND role = 'tenant-admin' AND disabled_at IS NULL
       AND (access_until IS NULL OR access_until > akashi_now()) ORDER BY id FOR UPDATE`,
    [tenantId],
  );
  return rows.length === 1 && rows[0]?.id === userId;
}

export function accessReviews(run: RunSql, tenantId: string): AccessReviews {
  return {
    list: (of) =>
      run(async (client) => {
        const statement = `${select} GROUP BY r.id ORDER BY r.opened_at DESC LIMIT 100`;
        return (await client.query<AccessReview>(statement, [tenantId, of?.ownerId ?? null])).rows;
      }),
    find: (id, of) =>
      run(async (client) => {
        const statement = `${select} AND r.id = $3 GROUP BY r.id`;
        return (await client.query<AccessReview>(statement, [tenantId, of?.ownerId ?? null, id])).rows[0] ?? null;
      }),
    items: (id, of) =>
      run(
        async (client) => (await client.query<AccessReviewItem>(selectItems, [tenantId, of?.ownerId ?? null, id])).rows,
      ),
    asks: (ownerId) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `SELECT FROM access_review_item i JOIN access_review r ON r.id = i.review_id AND r.closed_at IS NULL
           WHERE i.tenant_id = $1 AND i.owner_id = $2 LIMIT 1`,
          [tenantId, ownerId],
        );
        return rowCount === 1;
      }),
    open: ({ dueAt, by }) =>
      run(async (client) => {
        const id = randomUUID();
        const { rowCount } = await client.query(
          `INSERT INTO access_review (id, tenant_id, due_at, opened_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
          [id, tenantId, dueAt, by],
        );
        if (rowCount !== 1) return null;
        for (const [kind, rows] of Object.entries(snapshots)) {
          await client.query(
            `INSERT INTO access_review_item (id, tenant_id, review_id, kind, subject_id, snapshot, owner_id)
             SELECT gen_random_uuid(), $1, $2, $3, s.* FROM (${rows}) s`,
            [tenantId, id, kind],
          );
        }
        return id;
      }),
    decide: ({ reviewId, itemId, decision, note, by, ownerId }) =>
      run(async (client): Promise<DecideOutcome> => {
        const { rows } = await client.query<Pick<AccessReviewItem, 'kind' | 'subjectId' | 'decision'>>(
          `SELECT i.kind, i.subject_id AS "subjectId", i.decision FROM access_review_item i
           JOIN access_review r ON r.id = i.review_id AND r.closed_at IS NULL
           WHERE i.tenant_id = $1 AND i.review_id = $2 AND i.id = $3 AND ($4::uuid IS NULL OR i.owner_id = $4)
           FOR SHARE OF r`,
          [tenantId, reviewId, itemId, ownerId ?? null],
        );
        const item = rows[0];
        if (item === undefined) return 'not-found';
        if (
          decision === 'remove' &&
          item.kind === 'member' &&
          (await isLastAdministrator(client, tenantId, item.subjectId))
        )
          return 'last-administrator';
        const { rowCount } = await client.query(
          `UPDATE access_review_item SET decision = $2, note = $3, decided_by = $4, decided_at = akashi_now()
           WHERE id = $1 AND decision IS NULL`,
          [itemId, decision, note, by],
        );
        if (rowCount !== 1) return 'decided-before';
        if (decision === 'remove')
          for (const statement of removals[item.kind]) await client.query(statement, [item.subjectId, by]);
        if (decision === 'remove' && item.kind === 'member') await endAccess(client, item.subjectId);
        return 'decided';
      }),
    close: ({ id, by }) =>
      run(async (client) => {
        const { rows } = await client.query<{ undecided: number }>(
          `SELECT (SELECT count(*) FROM access_review_item i WHERE i.review_id = r.id AND i.decision IS NULL)::int AS undecided
           FROM access_review r WHERE r.tenant_id = $1 AND r.id = $2 AND r.closed_at IS NULL FOR UPDATE OF r`,
          [tenantId, id],
        );
        const review = rows[0];
        if (review === undefined) return 'not-found';
        if (review.undecided > 0) return 'undecided';
        await client.query('UPDATE access_review SET closed_at = akashi_now(), closed_by = $2 WHERE id = $1', [id, by]);
        return 'closed';
      }),
    history: () =>
      run(async (client) => {
        const { rows } = await client.query<{ lastClosedAt: Date | null; tenantCreatedAt: Date }>(
          `SELECT (SELECT max(closed_at) FROM access_review WHERE tenant_id = t.id) AS "lastClosedAt",
                  t.created_at AS "tenantCreatedAt" FROM tenant t WHERE t.id = $1`,
          [tenantId],
        );
        const found = rows[0];
        if (found === undefined) throw new Error('the tenant is not there');
        return found;
      }),
  };
}
