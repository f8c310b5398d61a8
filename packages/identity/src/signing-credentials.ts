import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { PasskeyAnswer } from './passkeys.ts';

/** Where signing credentials belong to. The RP id may be another than that of sign-ins: a parent domain of the origin's. */
export interface SigningSite {
  /** Origin of the web app, such as `https://logs.example.jp`. */
  readonly origin: string;
  readonly rpId: string;
}

/** COSE algorithms (RFC 9053) that are offered: each is checked offline with no more than a hash and a curve. */
const algorithms = { ES256: -7, EdDSA: -8 } as const;
export type SigningAlgorithm = (typeof algorithms)[keyof typeof algorithms];

export interface NewSigningKey {
  readonly credentialId: Uint8Array;
  /** COSE_Key. */
  readonly publicKey: Uint8Array;
  readonly algorithm: SigningAlgorithm;
  readonly aaguid: string;
  readonly signCount: number;
  readonly transports: readonly string[];
  /** Whether it can be on several devices, and whether it was by now (WebAuthn BE and BS). */
  readonly isBackupEligible: boolean;
  readonly isBackedUp: boolean;
  /** Base64url, as the browser gave them. */
  readonly clientDataJSON: string;
  readonly attestationObject: string;
}

export interface SigningAssertion {
  readonly signCount: number;
  readonly isBackupEligible: boolean;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

interface AskedPerson {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
}

/** A signing credential's user handle differs from a sign-in passkey's, so that neither takes the other's place on a device. */
const handleOf = (personId: string): string => Buffer.from(`sign:${personId}`).toString('base64url');

/**
 * Options for `navigator.credentials.create`, in their JSON form. No attestation is asked for: nobody here keeps a list of
 * models to judge it by, and browsers warn people of it. `apart` are ids of all credentials that the person has already.
 */
export function signingCreationOptions(
  { rpId }: SigningSite,
  { person, challenge, apart }: { person: AskedPerson; challenge: Uint8Array; apart: readonly Uint8Array[] },
): { readonly challenge: string } & Readonly<Record<string, unknown>> {
  return {
    challenge: base64url(challenge),
    rp: { name: 'Akashi', id: rpId },
    user: { id: handleOf(person.id), name: person.email, displayName: `${person.displayName} (署名 / signing)` },
    pubKeyCredParams: [algorithms.EdDSA, algorithms.ES256].map((alg) => ({ type: 'public-key', alg })),
    timeout: ceremonyMs,
    excludeCredentials: apart.map((id) => ({ type: 'public-key', id: base64url(id) })),
    authenticatorSelection: { residentKey: 'discouraged', requireResidentKey: false, userVerification: 'required' },
    attestation: 'none',
  };
}

/** The new key, or null when the answer is not one to this challenge, from this site, with the person verified. */
export async function checkNewSigningKey(
  site: SigningSite,
  answer: PasskeyAnswer,
  challenge: Uint8Array,
): Promise<NewSigningKey | null> {
  try {
    const checked = await verifyRegistrationResponse({
      response: answer as unknown as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: base64url(challenge),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: Object.values(algorithms),
    });
    if (!checked.verified || isFramed(answer)) return null;
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = checked.registrationInfo;
    const { clientDataJSON, attestationObject } = answer.response;
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: credential.publicKey,
      algorithm: isEdwards(credential.publicKey) ? algorithms.EdDSA : algorithms.ES256,
      aaguid,
      signCount: credential.counter,
      transports: (credential.transports ?? []).filter((each) => /^[a-z-]{1,20}$/.test(each)),
      isBackupEligible: credentialDeviceType === 'multiDevice',
      isBackedUp: credentialBackedUp,
      clientDataJSON: String(clientDataJSON),
      attestationObject: String(attestationObject),
    };
  } catch {
    return null;
  }
}

/** Options for `navigator.credentials.get`, in their JSON form. */
export function signingRequestOptions(
  { rpId }: SigningSite,
  challenge: Uint8Array,
  credentials: readonly { readonly credentialId: Uint8Array; readonly transports: readonly string[] }[],
): { readonly challenge: string } & Readonly<Record<string, unknown>> {
  return {
    challenge: base64url(challenge),
    rpId,
    timeout: ceremonyMs,
    userVerification: 'required',
    allowCredentials: credentials.map(({ credentialId, transports }) => ({
      type: 'public-key',
      id: base64url(credentialId),
      transports: [...transports],
    })),
  };
}

/** The challenge that an answer says it is to; null when it says none of 32 bytes. Nothing is proven with that. */
export function challengeOf(answer: PasskeyAnswer): Uint8Array | null {
  const { challenge } = readClientData(answer);
  const bytes = typeof challenge === 'string' ? Buffer.from(challenge, 'base64url') : Buffer.alloc(0);
  return bytes.length === 32 ? bytes : null;
}

/**
 * What the credential signed, or null when the answer does not prove it with the person present and verified. The sign count
 * is told and not judged: synced credentials have none, and a signature is about one hash.
 */
export async function checkSigningAssertion(
  site: SigningSite,
  answer: PasskeyAnswer,
  expected: { challenge: Uint8Array; credential: { credentialId: Uint8Array; publicKey: Uint8Array } },
): Promise<SigningAssertion | null> {
  const { challenge, credential } = expected;
  try {
    const checked = await verifyAuthenticationResponse({
      response: answer as unknown as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: base64url(challenge),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: base64url(credential.credentialId),
        publicKey: new Uint8Array(credential.publicKey),
        counter: 0,
      },
      requireUserVerification: true,
    });
    if (!checked.verified || isFramed(answer)) return null;
    const { clientDataJSON, authenticatorData, signature } = answer.response;
    return {
      signCount: checked.authenticationInfo.newCounter,
      isBackupEligible: checked.authenticationInfo.credentialDeviceType === 'multiDevice',
      clientDataJSON: String(clientDataJSON),
      authenticatorData: String(authenticatorData),
      signature: String(signature),
    };
  } catch {
    return null;
  }
}

/** As long as what was asked is kept. */
const ceremonyMs = 10 * 60_000;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** COSE key type 1 is OKP: a map's head, then label 1 with its value (CTAP2 canonical order puts it first). */
const isEdwards = (publicKey: Uint8Array): boolean => publicKey[1] === 1 && publicKey[2] === 1;

/** A page within another site's page must not ask for signatures. */
function isFramed(answer: PasskeyAnswer): boolean {
  return readClientData(answer)['crossOrigin'] === true;
}

function readClientData(answer: PasskeyAnswer): Readonly<Record<string, unknown>> {
  try {
    const text = Buffer.from(String(answer.response['clientDataJSON']), 'base64url').toString('utf8');
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
