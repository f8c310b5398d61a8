import type { Prisma } from '../generated/client.ts';
import type { RunPrisma } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface ReviewSignatureRow {
  readonly id: string;
  /** yyyy-mm-dd, of the organisation's zone. */
  readonly day: string;
  readonly revision: number;
  readonly action: 'reviewed' | 'approved' | 'returned' | 'addendum';
  readonly signerId: string;
  readonly signedAt: Date;
  readonly method: 'passkey' | 'code';
  /** Of a passkey: whether it can be on several devices. */
  readonly isSynced: boolean | null;
  readonly recordSha256: Uint8Array;
  /** Canonical bytes, as they are sealed. */
  readonly envelope: Uint8Array;
  /** `event.id` of the sealed line. */
  readonly lineId: string;
}

/** The signatures of the log review records: written once, beside the change that they sign. */
export interface ReviewSignatures {
  /** Of one day, the oldest first. */
  list(day: string): Promise<ReviewSignatureRow[]>;
  /** For a signature that changes nothing else. */
  add(signature: ReviewSignatureRow, beforeCommit: BeforeCommit): Promise<void>;
}

/** Writes a signature in the transaction that makes what was signed come true. */
export async function addReviewSignature(
  client: Prisma.TransactionClient,
  tenantId: string,
  signature: ReviewSignatureRow,
): Promise<void> {
  await client.reviewSignature.create({
    data: {
      ...signature,
      tenantId,
      day: new Date(`${signature.day}T00:00:00Z`),
      recordSha256: Uint8Array.from(signature.recordSha256),
      envelope: Uint8Array.from(signature.envelope),
    },
  });
}

export function reviewSignatures(run: RunPrisma, tenantId: string): ReviewSignatures {
  return {
    add: (signature, beforeCommit) =>
      run(async (client) => {
        await addReviewSignature(client, tenantId, signature);
        await beforeCommit();
      }),
    list: (day) =>
      run(async (client) => {
        const rows = await client.reviewSignature.findMany({
          where: { tenantId, day: new Date(`${day}T00:00:00Z`) },
          omit: { tenantId: true },
          orderBy: [{ signedAt: 'asc' }, { id: 'asc' }],
        });
        return rows.map((row) => ({
          ...row,
          day: row.day.toISOString().slice(0, 10),
          action: row.action as ReviewSignatureRow['action'],
          method: row.method as ReviewSignatureRow['method'],
        }));
      }),
  };
}
