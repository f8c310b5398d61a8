/**
 * Signing credentials: a person's authenticator that signs records and nothing else. Its enrolment is sealed before its
 * first use, and its end too, so that somebody offline knows whose key a signature was made with.
 */
import { canonicalBytes, sha256 } from '@akashi/integrity';
import type { RecordPerson } from './review-record.ts';

export const enrolmentDomain = 'akashi signing credential v1';
export const endingFormat = 'akashi signing credential end v1';

/** The challenge of the registration is SHA-256 of its canonical bytes. */
export interface EnrolmentStatement {
  readonly domain: typeof enrolmentDomain;
  readonly tenant: string;
  readonly person: RecordPerson;
  readonly rpId: string;
  readonly at: string;
  /** 32 random bytes as base64url. */
  readonly random: string;
}

export interface Enrolment {
  readonly format: typeof enrolmentDomain;
  readonly id: string;
  readonly statement: EnrolmentStatement;
  /** Origin of the page that it was made on. */
  readonly origin: string;
  /** Base64url, as all bytes here. */
  readonly credentialId: string;
  readonly publicKey: string;
  /** COSE algorithm (RFC 9053): ES256 or EdDSA. */
  readonly algorithm: -7 | -8;
  readonly aaguid: string;
  /** It can be on several devices (WebAuthn backup eligibility, BE). */
  readonly isBackupEligible: boolean;
  /** It was on several when it was enrolled (BS). */
  readonly isBackedUp: boolean;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  /** Who vouched that it is this person's, and by what: the person, with a second factor proven again. */
  readonly vouchedBy: RecordPerson;
  readonly vouchedWith: { readonly at: string; readonly methods: readonly string[] };
}

export interface CredentialEnding {
  readonly format: typeof endingFormat;
  readonly tenant: string;
  readonly enrolmentSha256: string;
  readonly credentialId: string;
  readonly by: RecordPerson;
  readonly at: string;
}

export function enrolmentChallenge(statement: EnrolmentStatement): Uint8Array {
  return sha256(canonicalBytes(statement));
}

/** Hexadecimal SHA-256 of an enrolment's canonical bytes, by which signatures name it. */
export function enrolmentSha256(enrolment: Enrolment): string {
  return sha256(canonicalBytes(enrolment)).toString('hex');
}
