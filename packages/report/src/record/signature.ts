/**
 * What people sign on a log review record, and the signature as it is kept and sealed. A signature says that this person's
 * authenticator, or the product after this person's one-time code, signed this hash. It does not attest what a screen showed.
 */
import { canonicalBytes, sha256 } from '@akashi/integrity';
import type { RecordPerson } from './review-record.ts';

export const signatureDomain = 'akashi review signature v1';

export type SigningAction = 'reviewed' | 'approved' | 'returned' | 'addendum';

/** The challenge of WebAuthn is SHA-256 of its canonical bytes, so whatever stands here is signed. */
export interface SigningStatement {
  readonly domain: typeof signatureDomain;
  readonly tenant: string;
  readonly day: string;
  /** Of the record that is signed, or that an addendum adds to. */
  readonly revision: number;
  /** Hexadecimal, of the canonical bytes of the record or of the addendum. */
  readonly recordSha256: string;
  readonly action: SigningAction;
  readonly signer: RecordPerson;
  /** RFC 3339 in UTC with three digits of seconds, by the product's clock. */
  readonly at: string;
  readonly comment: string | null;
  /** Why the reviewer approves too, where the organisation allows that. */
  readonly separationReason: string | null;
  /** 32 random bytes as base64url: WebAuthn asks for a challenge that nobody could foresee. */
  readonly random: string;
}

interface EnvelopeBase {
  readonly format: typeof signatureDomain;
  readonly statement: SigningStatement;
}

/** Signed by the person's own signing credential. The texts in base64url are as the browser handed them over. */
export interface PasskeySignature extends EnvelopeBase {
  readonly method: 'passkey';
  readonly credentialId: string;
  /** Hexadecimal SHA-256 of the sealed enrolment's canonical bytes. */
  readonly enrolmentSha256: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** Signed by the product's key after a step-up (事業者型). */
export interface CodeSignature extends EnvelopeBase {
  readonly method: 'code';
  /** When the person proved a second factor again, and the factors of the session. */
  readonly stepUp: { readonly at: string; readonly methods: readonly string[] };
  /** Name and id of the organisation's verifier key: `akashi.log/<tenant>+<8 hexadecimal digits>`. */
  readonly key: string;
  /** Base64url: Ed25519 over the canonical bytes of this envelope without this member. */
  readonly signature: string;
}

export type SignatureEnvelope = PasskeySignature | CodeSignature;

/** The 32 bytes that an authenticator is asked to sign. */
export function signingChallenge(statement: SigningStatement): Uint8Array {
  return sha256(canonicalBytes(statement));
}

/** What the product's key signs of a signature by code. */
export function productSignedBytes(envelope: Omit<CodeSignature, 'signature'>): Uint8Array {
  const { format, statement, method, stepUp, key } = envelope;
  return canonicalBytes({ format, statement, method, stepUp, key });
}
