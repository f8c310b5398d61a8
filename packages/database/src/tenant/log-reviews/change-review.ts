import { assignColumns } from '../assign-columns.ts';
import type { PoolClient } from 'pg';
import type { ReviewItemState, ReviewReminder, ReviewState } from '@akashi/policy';
import { heldFindings, type HeldFindings } from '../findings/held-findings.ts';
import { addReviewSignature, type ReviewSignatureRow } from '../review-signatures.ts';
import { readReview } from './read-review.ts';
import { insertIntent, keepSigned, readIntent, ReviewBeingSignedError, type SigningIntent } from './signing-intent.ts';
import type { JudgedItem, NewReviewAct, StoredReviewRecord, WholeReview } from './stored-review.ts';

/** What is undefined stays. */
export interface ReviewChange {
  readonly state?: ReviewState | undefined;
  readonly revision?: number | undefined;
  readonly judgedAt?: Date | undefined;
  readonly lateReason?: string | undefined;
  readonly submittedBy?: string | undefined;
  readonly submittedByName?: string | undefined;
  readonly submittedAt?: Date | undefined;
  readonly approvedBy?: string | undefined;
  readonly approvedByName?: string | undefined;
  readonly approvedAt?: Date | undefined;
  readonly returnedComment?: string | null | undefined;
  readonly separationReason?: string | null | undefined;
  readonly delegatedTo?: string | undefined;
  readonly delegatedToName?: string | undefined;
  readonly delegatedByName?: string | undefined;
  readonly delegationReason?: string | undefined;
  readonly told?: ReviewReminder | undefined;
}

/** What is undefined stays. */
export interface ItemChange {
  readonly state?: ReviewItemState | undefined;
  readonly judged?: JudgedItem | undefined;
  readonly decidedBy?: string | null | undefined;
  readonly decidedByName?: string | null | undefined;
  readonly decidedAt?: Date | null | undefined;
  readonly isBulk?: boolean | undefined;
  readonly comment?: string | null | undefined;
  readonly findingId?: string | undefined;
}

/** One day, held: nobody else changes it until the transaction ends. `whole` is the day as it was found. */
export interface HeldReview {
  readonly whole: WholeReview;
  /** Of the findings of the same organisation, in the same transaction. */
  readonly findings: HeldFindings;
  put(change: ReviewChange): Promise<void>;
  putItem(id: string, change: ItemChange): Promise<void>;
  act(act: NewReviewAct): Promise<void>;
  addRecord(record: Omit<StoredReviewRecord, 'sealedAs'> & { sealedAs?: string | null }): Promise<void>;
  /** The signature that makes this change hold. */
  addSignature(signature: ReviewSignatureRow): Promise<void>;
  /** Commits to a signed act that is to be sealed: until `finishSigning` nobody changes the day. */
  intend(intent: SigningIntent): Promise<void>;
}

/** The columns that a change may name; what else it holds is ignored, never put into a statement. */
const reviewNames = {
  state: 'state',
  revision: 'revision',
  judgedAt: 'judged_at',
  lateReason: 'late_reason',
  submittedBy: 'submitted_by',
  submittedByName: 'submitted_by_name',
  submittedAt: 'submitted_at',
  approvedBy: 'approved_by',
  approvedByName: 'approved_by_name',
  approvedAt: 'approved_at',
  returnedComment: 'returned_comment',
  separationReason: 'separation_reason',
  delegatedTo: 'delegated_to',
  delegatedToName: 'delegated_to_name',
  delegatedByName: 'delegated_by_name',
  delegationReason: 'delegation_reason',
  told: 'told',
} as const satisfies Record<keyof ReviewChange, string>;

const itemNames = {
  state: 'state',
  judged: 'judged',
  decidedBy: 'decided_by',
  decidedByName: 'decided_by_name',
  decidedAt: 'decided_at',
  isBulk: 'is_bulk',
  comment: 'comment',
  findingId: 'finding_id',
} as const satisfies Record<keyof ItemChange, string>;

interface Place {
  readonly tenantId: string;
  readonly day: string;
}

/**
 * Holds a day while `work` judges and changes it; null where the organisation has no review of it. Throws a
 * ReviewBeingSignedError where a signed act on it is not finished.
 */
export function changeReview<T>(
  client: PoolClient,
  place: Place,
  work: (held: HeldReview) => Promise<T>,
): Promise<T | null> {
  return holdReview(client, place, async (held) => {
    if ((await readIntent(client, place)) !== null) throw new ReviewBeingSignedError();
    return work(held);
  });
}

/** Keeps a signed act whose lines are sealed; false where somebody else has. */
export async function keepIntent(client: PoolClient, place: Place, intent: SigningIntent): Promise<boolean> {
  const isKept = await holdReview(client, place, async (held) => {
    const waiting = await readIntent(client, place);
    if (waiting?.id !== intent.id) return false;
    await keepSigned(client, place, { held, intent: waiting });
    return true;
  });
  return isKept ?? false;
}

async function holdReview<T>(
  client: PoolClient,
  { tenantId, day }: Place,
  work: (held: HeldReview) => Promise<T>,
): Promise<T | null> {
  await client.query('SELECT FROM log_review WHERE tenant_id = $1 AND day = $2 FOR UPDATE', [tenantId, day]);
  const whole = await readReview(client, { tenantId, day });
  if (whole === null) return null;
  let acts = whole.acts.length;
  return work({
    whole,
    findings: heldFindings(client, tenantId),
    put: async (change) => {
      const { assignments, values } = assignColumns(reviewNames, change, 3);
      if (values.length === 0) return;
      const statement = `UPDATE log_review SET ${assignments} WHERE tenant_id = $1 AND day = $2`;
      const { rowCount } = await client.query(statement, [tenantId, day, ...values]);
      if (rowCount !== 1) throw new Error('an approved review does not change');
    },
    putItem: async (id, change) => {
      const shown = { ...change, judged: change.judged === undefined ? undefined : JSON.stringify(change.judged) };
      const { assignments, values } = assignColumns(itemNames, shown, 4);
      const statement = `UPDATE log_review_item SET ${assignments} WHERE tenant_id = $1 AND day = $2 AND id = $3`;
      const { rowCount } = await client.query(statement, [tenantId, day, id, ...values]);
      if (rowCount !== 1) throw new Error('an item of an approved review does not change');
    },
    act: async ({ kind, itemId, byId, byName, at, text, seconds }) => {
      acts += 1;
      await client.query(
        `INSERT INTO log_review_act (tenant_id, day, number, kind, item_id, by_id, by_name, at, text, seconds)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [tenantId, day, acts, kind, itemId ?? null, byId, byName, at, text ?? null, seconds ?? null],
      );
    },
    addSignature: (signature) => addReviewSignature(client, tenantId, signature),
    intend: (intent) => insertIntent(client, { tenantId, day }, intent),
    addRecord: async ({ revision, addendum, canonical, sha256, sealedAs, at }) => {
      await client.query(
        `INSERT INTO log_review_record (tenant_id, day, revision, addendum, canonical, sha256, sealed_as, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [tenantId, day, revision, addendum, Buffer.from(canonical), sha256, sealedAs ?? null, at],
      );
    },
  });
}
