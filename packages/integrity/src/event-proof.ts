/** The proof of one event as JSON: everything between the record and the signed checkpoint, and nothing twice. */

export const eventProofFormat = 'akashi event proof v1';

/** Bytes as text where they are valid UTF-8, otherwise as Base64, so that a proof can be read by a person. */
export type ProofBytes = { text: string } | { base64: string };

export interface EventProof {
  format: typeof eventProofFormat;
  event: {
    /** Position in the block. */
    leaf: number;
    flags: number;
    /** Canonical JSON of the origin, as sealed. */
    origin: ProofBytes;
    receivedAtUs: number;
    sequence: number;
    /** Masking notes as JSON; an empty text when there are none. */
    notes: ProofBytes;
    /** The masked record. */
    record: ProofBytes;
  };
  /** Audit path from the record to the block's root: Base64 hashes, nearest first. */
  blockPath: string[];
  /** The block's header, which is the entry of the log at the block's number. */
  header: string;
  /** Audit path from the header to the log's root. */
  logPath: string[];
  /** The signed note that commits to the log. */
  checkpoint: string;
  /** Every change of the signing key so far, oldest first: leads from an earlier key to the one that signed the note. */
  keyChanges?: KeyChangeProof[] | undefined;
}

/** A `signing-key` statement, proven to be what the retired key signed last. */
export interface KeyChangeProof {
  /** The entry's text. */
  statement: string;
  /** Audit path from the statement to the root of the tree that ends in it: Base64 hashes, nearest first. */
  logPath: string[];
  /** The signed note of that tree. */
  checkpoint: string;
}

/** For a reader who may not see the record: its hash alone, and everything above it as in `EventProof`. */
export interface WithheldProof extends Pick<
  EventProof,
  'blockPath' | 'header' | 'logPath' | 'checkpoint' | 'keyChanges'
> {
  leaf: number;
  /** Base64 of the RFC 6962 hash of the sealed record. */
  leafHash: string;
}
