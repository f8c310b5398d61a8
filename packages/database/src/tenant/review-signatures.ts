import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
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
  client: PoolClient,
  tenantId: string,
  signature: ReviewSignatureRow,
): Promise<void> {
  await client.query(
    `INSERT INTO review_signature (id, tenant_id, day, revision, action, signer_id, signed_at, method, is_synced,
       record_sha256, envelope, line_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      signature.id,
      tenantId,
      signature.day,
      signature.revision,
      signature.action,
      signature.signerId,
      signature.signedAt,
      signature.method,
      signature.isSynced,
      Buffer.from(signature.recordSha256),
      Buffer.from(signature.envelope),
      signature.lineId,
    ],
  );
}

export function reviewSignatures(run: RunSql, tenantId: string): ReviewSignatures {
  return {
    add: (signature, beforeCommit) =>
      run(async (client) => {
        await addReviewSignature(client, tenantId, signature);
        await beforeCommit();
      }),
    list: (day) =>
      run(async (client) => {
        const { rows } = await client.query<ReviewSignatureRow>(
          `SELECT id, to_char(day, 'YYYY-MM-DD') AS day, revision, action, signer_id AS "signerId", signed_at AS "signedAt",
                  method, is_synced AS "isSynced", record_sha256 AS "recordSha256", envelope, line_id AS "lineId"
           FROM review_signature WHERE tenant_id = $1 AND day = $2 ORDER BY signed_at, id`,
          [tenantId, day],
        );
        return rows;
      }),
  };
}
