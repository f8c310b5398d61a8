/**
 * WebAuthn as it can be checked without asking anybody (Web Authentication level 2, sections 7.1 and 7.2): type, challenge,
 * origin, RP id, presence and verification of the person, and the signature. ES256 and EdDSA.
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { sha256 } from '@akashi/integrity';
import { memberOf, readLine } from './own-lines.ts';
import { CborError, readCbor, type Cbor } from './read-cbor.ts';

/** Why something of an authenticator does not hold. */
export type CeremonyFault =
  'form' | 'type' | 'challenge' | 'origin' | 'rp-id' | 'not-verified' | 'signature' | 'credential' | 'flags';

export interface AuthenticatorData {
  rpIdHash: Buffer;
  isPresent: boolean;
  isVerified: boolean;
  isBackupEligible: boolean;
  isBackedUp: boolean;
  signCount: number;
  credential: { id: Buffer; publicKey: Uint8Array } | null;
}

export interface Ceremony {
  type: 'webauthn.create' | 'webauthn.get';
  challenge: Uint8Array;
  origin: string;
  rpId: string;
}

const headBytes = 37;
const flag = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 } as const;

/** The bytes of base64url in its one spelling, without padding; none for any other value. */
export function fromBase64url(value: unknown): Buffer {
  if (typeof value !== 'string') return Buffer.alloc(0);
  const bytes = Buffer.from(value, 'base64url');
  return bytes.toString('base64url') === value ? bytes : Buffer.alloc(0);
}

/** Null when the bytes are none. */
export function readAuthenticatorData(bytes: Buffer): AuthenticatorData | null {
  if (bytes.length < headBytes) return null;
  const flags = bytes[32] ?? 0;
  const data: AuthenticatorData = {
    rpIdHash: bytes.subarray(0, 32),
    isPresent: (flags & flag.present) !== 0,
    isVerified: (flags & flag.verified) !== 0,
    isBackupEligible: (flags & flag.eligible) !== 0,
    isBackedUp: (flags & flag.backedUp) !== 0,
    signCount: bytes.readUInt32BE(33),
    credential: null,
  };
  if ((flags & flag.attested) === 0) return data;
  if (bytes.length < headBytes + 18) return null;
  const idStart = headBytes + 18;
  const keyStart = idStart + bytes.readUInt16BE(headBytes + 16);
  if (keyStart >= bytes.length) return null;
  const rest = bytes.subarray(keyStart);
  const key = rest.subarray(0, readCbor(rest).bytes);
  return { ...data, credential: { id: bytes.subarray(idStart, keyStart), publicKey: key } };
}

/** What a registration tells, or why it does not hold. */
export function checkRegistration(
  given: { clientDataJSON: Buffer; attestationObject: Buffer },
  ceremony: Ceremony,
): AuthenticatorData | CeremonyFault {
  try {
    const { value } = readCbor(given.attestationObject);
    const authData = value instanceof Map ? (value as ReadonlyMap<string, Cbor>).get('authData') : undefined;
    if (!(authData instanceof Uint8Array)) return 'form';
    return checkCeremony(given.clientDataJSON, Buffer.from(authData), ceremony);
  } catch (error) {
    if (error instanceof CborError) return 'form';
    throw error;
  }
}

/** The same of a signature by the key. */
export function checkAssertion(
  given: { clientDataJSON: Buffer; authenticatorData: Buffer; signature: Buffer },
  ceremony: Ceremony,
  publicKey: KeyObject,
): AuthenticatorData | CeremonyFault {
  const data = checkCeremony(given.clientDataJSON, given.authenticatorData, ceremony);
  if (typeof data === 'string') return data;
  const signed = Buffer.concat([given.authenticatorData, sha256(given.clientDataJSON)]);
  // ES256 is a DER signature over SHA-256 (RFC 9053 2.1 as WebAuthn 6.5.5 spells it); EdDSA hashes by itself.
  const digest = publicKey.asymmetricKeyType === 'ec' ? 'sha256' : null;
  return verify(digest, signed, publicKey, given.signature) ? data : 'signature';
}

function checkCeremony(
  clientDataJSON: Buffer,
  authData: Buffer,
  ceremony: Ceremony,
): AuthenticatorData | CeremonyFault {
  const client = readLine(clientDataJSON.toString('utf8'));
  let data: AuthenticatorData | null;
  try {
    data = readAuthenticatorData(authData);
  } catch (error) {
    if (!(error instanceof CborError)) throw error;
    data = null;
  }
  if (data === null || client === undefined) return 'form';
  if (memberOf(client, 'type') !== ceremony.type) return 'type';
  if (memberOf(client, 'challenge') !== Buffer.from(ceremony.challenge).toString('base64url')) return 'challenge';
  if (memberOf(client, 'origin') !== ceremony.origin || memberOf(client, 'crossOrigin') === true) return 'origin';
  if (!data.rpIdHash.equals(sha256(Buffer.from(ceremony.rpId, 'utf8')))) return 'rp-id';
  return data.isPresent && data.isVerified ? data : 'not-verified';
}

/** A COSE_Key (RFC 9053) of ES256 or EdDSA as a key; null for any other. */
export function publicKeyOf(cose: Uint8Array): KeyObject | null {
  try {
    const { value, bytes } = readCbor(cose);
    if (!(value instanceof Map) || bytes !== cose.length) return null;
    const key = value as ReadonlyMap<string, Cbor>;
    const [kty, alg, crv] = ['1', '3', '-1'].map((label) => key.get(label));
    const [x, y] = ['-2', '-3'].map((label) => coordinateOf(key.get(label)));
    const isEc = kty === 2 && alg === -7 && crv === 1 && x !== undefined && y !== undefined;
    const isEdwards = kty === 1 && alg === -8 && crv === 6 && x !== undefined;
    if (isEc) return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    return isEdwards ? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) : null;
  } catch {
    return null;
  }
}

function coordinateOf(value: Cbor | undefined): string | undefined {
  return value instanceof Uint8Array && value.length === 32 ? Buffer.from(value).toString('base64url') : undefined;
}
