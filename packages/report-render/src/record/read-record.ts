import { recordSha256, type ReviewAddendum, type ReviewRecord, type SignatureEnvelope } from '@akashi/report/record';
import type { KeptSignature, RecordTask } from './record-task.ts';

/** What a signature is over, by the hash that it names. */
export type SignedThing = 'this-record' | 'former-revision' | 'addendum' | 'other-bytes';

export interface ReadSignature {
  readonly envelope: SignatureEnvelope;
  readonly over: SignedThing;
  /** Number of the addendum that it is over. */
  readonly addendum: number | null;
  readonly isSynced: boolean | null;
  readonly sealedAs: string | null;
}

export interface ReadAddendum {
  readonly addendum: ReviewAddendum;
  readonly sha256: string;
  readonly sealedAs: string | null;
}

/** A record with what its signatures say of it. Hashes are compared here; `akashi-verify` checks keys, signatures and seals. */
export interface ReadRecord {
  readonly record: ReviewRecord;
  readonly sha256: string;
  readonly sealedAs: string | null;
  readonly state: 'approved' | 'returned' | 'submitted' | 'unsigned';
  /** RFC 3339; null without a signature of the reviewer on these bytes. */
  readonly submittedAt: string | null;
  readonly approval: { readonly by: string; readonly at: string; readonly isReviewer: boolean } | null;
  readonly signatures: readonly ReadSignature[];
  readonly addenda: readonly ReadAddendum[];
}

export function readRecord({ record: kept, signatures: given, addenda: added }: RecordTask): ReadRecord {
  const record = parse<ReviewRecord>(kept.canonical);
  const sha256 = recordSha256(kept.canonical);
  const addenda = added.map(({ canonical, sealedAs }) => ({
    addendum: parse<ReviewAddendum>(canonical),
    sha256: recordSha256(canonical),
    sealedAs,
  }));
  const signatures = given.map((signature) => readSignature(signature, { record, sha256, addenda }));
  const onThis = signatures.filter(({ over }) => over === 'this-record').map(({ envelope }) => envelope.statement);
  const submitted = onThis.findLast(({ action, signer }) => action === 'reviewed' && signer.id === record.reviewer.id);
  const approved = onThis.findLast(({ action }) => action === 'approved');
  const isReturned = onThis.some(({ action }) => action === 'returned');
  return {
    record,
    sha256,
    sealedAs: kept.sealedAs,
    state: submitted === undefined ? 'unsigned' : approved ? 'approved' : isReturned ? 'returned' : 'submitted',
    submittedAt: submitted?.at ?? null,
    approval:
      approved === undefined
        ? null
        : { by: approved.signer.name, at: approved.at, isReviewer: approved.signer.id === record.reviewer.id },
    signatures,
    addenda,
  };
}

function readSignature(
  { envelope: bytes, isSynced, sealedAs }: KeptSignature,
  { record, sha256, addenda }: { record: ReviewRecord; sha256: string; addenda: readonly ReadAddendum[] },
): ReadSignature {
  const envelope = parse<SignatureEnvelope>(bytes);
  const { action, revision, recordSha256: signed } = envelope.statement;
  const addendum = addenda.find((each) => each.sha256 === signed)?.addendum.number ?? null;
  const over = ((): SignedThing => {
    if (action === 'addendum') return addendum === null ? 'other-bytes' : 'addendum';
    if (revision < record.revision) return 'former-revision';
    return revision === record.revision && signed === sha256 ? 'this-record' : 'other-bytes';
  })();
  return { envelope, over, addendum, isSynced, sealedAs };
}

function parse<T>(canonical: Uint8Array): T {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(canonical)) as T;
}
