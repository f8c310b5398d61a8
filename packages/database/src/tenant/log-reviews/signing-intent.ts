import type { PoolClient } from 'pg';
import type { RunSql } from '../../scoped-transaction.ts';
import { ceaseIncident } from '../incidents/notice-incident.ts';
import type { ReviewSignatureRow } from '../review-signatures.ts';
import type { HeldReview, ReviewChange } from './change-review.ts';
import type { NewReviewAct } from './stored-review.ts';

/** Who asked for what, in their words: by it the same request again is known as the same. */
export interface SigningAsked {
  readonly act: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly said: Readonly<Record<string, string | undefined>>;
}

/** Lines of one of the product's own log groups, as they are sealed. */
export interface SealedBatch {
  readonly logGroup: string;
  readonly logStream: string;
  readonly records: readonly string[];
}

/** What becomes true of the day once its lines are sealed. */
export interface SignedChange {
  readonly signature: ReviewSignatureRow;
  /** Canonical bytes of the record that was signed. `addendum` is null where no new record comes into being. */
  readonly record: {
    readonly canonical: Uint8Array;
    readonly sha256: string;
    readonly revision: number;
    readonly addendum: number | null;
  };
  readonly change: ReviewChange;
  readonly acts: readonly NewReviewAct[];
  /** The place of an incident `review-missed` whose cause ends with it. */
  readonly ceases: string | null;
}

/** A signed act that was committed to before it was sealed. */
export interface SigningIntent {
  /** The idempotency key under which its lines are sealed. */
  readonly id: string;
  readonly asked: SigningAsked;
  readonly sealed: SealedBatch;
  readonly kept: SignedChange;
  readonly madeAt: Date;
}

/** Somebody's signed act on the day is not finished: it comes first (`LogReviews.finishSigning`). */
export class ReviewBeingSignedError extends Error {
  override readonly name = 'ReviewBeingSignedError';

  constructor() {
    super('a signed act on this day is not finished');
  }
}

interface Place {
  readonly tenantId: string;
  readonly day: string;
}

const bytesMark = 'bytes:';
const momentMark = 'moment:';
const bytesIn: ReadonlySet<string> = new Set(['canonical', 'envelope', 'recordSha256']);
const momentsIn: ReadonlySet<string> = new Set(['signedAt', 'submittedAt', 'approvedAt', 'at']);

/** JSON has neither bytes nor moments: both are texts with a mark, in the members that have them. */
function plain(name: string, value: unknown): unknown {
  if (bytesIn.has(name) && value instanceof Uint8Array) return bytesMark + Buffer.from(value).toString('base64');
  if (momentsIn.has(name) && value instanceof Date) return momentMark + value.toISOString();
  if (Array.isArray(value)) return value.map((each) => plain('', each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(key, each)]));
}

function revived(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (bytesIn.has(name) && value.startsWith(bytesMark)) return Buffer.from(value.slice(bytesMark.length), 'base64');
  if (momentsIn.has(name) && value.startsWith(momentMark)) return new Date(value.slice(momentMark.length));
  return value;
}

export async function readIntent(client: PoolClient, { tenantId, day }: Place): Promise<SigningIntent | null> {
  const { rows } = await client.query<Omit<SigningIntent, 'sealed' | 'kept'> & { sealed: Buffer; kept: Buffer }>(
    'SELECT id, asked, sealed, kept, made_at AS "madeAt" FROM signing_intent WHERE tenant_id = $1 AND day = $2',
    [tenantId, day],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const sealed = JSON.parse(row.sealed.toString('utf8')) as SealedBatch;
  return { ...row, sealed, kept: JSON.parse(row.kept.toString('utf8'), revived) as SignedChange };
}

/** Packed documents and base64 are no texts to be masked: they are kept to the bit. What people wrote in them is masked before. */
function bytesOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

export async function insertIntent(client: PoolClient, { tenantId, day }: Place, intent: SigningIntent): Promise<void> {
  const { id, asked, sealed, kept, madeAt } = intent;
  await client.query(
    `INSERT INTO signing_intent (tenant_id, day, id, asked, sealed, kept, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tenantId, day, id, JSON.stringify(asked), bytesOf(sealed), bytesOf(plain('', kept)), madeAt],
  );
}

/** In the transaction that holds the day, after its lines were sealed. */
export async function keepSigned(
  client: PoolClient,
  { tenantId, day }: Place,
  { held, intent }: { held: HeldReview; intent: SigningIntent },
): Promise<void> {
  const { signature, record, change, acts, ceases } = intent.kept;
  // Before the state changes: an approved day changes no more.
  await held.addSignature(signature);
  const { addendum } = record;
  if (addendum !== null) {
    await held.addRecord({ ...record, addendum, sealedAs: signature.lineId, at: signature.signedAt });
  }
  await held.put(change);
  for (const act of acts) await held.act(act);
  const run: RunSql = (work) => work(client);
  if (ceases !== null) {
    await ceaseIncident(run, tenantId, { kind: 'review-missed', where: ceases, at: intent.madeAt });
  }
  await client.query('DELETE FROM signing_intent WHERE tenant_id = $1 AND day = $2 AND id = $3', [
    tenantId,
    day,
    intent.id,
  ]);
}
