import type { Language } from '../rows/run-head.ts';

/** A signature as it is kept: the envelope's canonical bytes, and what is known beside them. */
export interface KeptSignature {
  readonly envelope: Uint8Array;
  /** Of a passkey: whether it can be on several devices. */
  readonly isSynced: boolean | null;
  /** The event of `akashi/reviews` that holds it. */
  readonly sealedAs: string | null;
}

export interface KeptRecord {
  /** Canonical bytes, as they were signed. */
  readonly canonical: Uint8Array;
  readonly sealedAs: string | null;
}

/** All that a log review record's PDF says: nothing else is read, so the same task gives the same bytes. */
export interface RecordTask {
  readonly language: Language;
  readonly record: KeptRecord;
  /** All of the day, the oldest first: also those on former revisions. */
  readonly signatures: readonly KeptSignature[];
  /** In their order. */
  readonly addenda: readonly KeptRecord[];
}
