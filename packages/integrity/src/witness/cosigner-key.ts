/** Public keys of witnesses as vkeys (C2SP signed-note, "Verifier keys"), with the types of tlog-cosignature. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { sha256 } from '../sha256.ts';
import { isKeyName } from '../signed-note.ts';

export type CosignatureAlgorithm = 'ed25519' | 'ml-dsa-44';

export interface CosignerKey {
  /** The witness's name, as it stands in its signature lines. */
  readonly name: string;
  readonly algorithm: CosignatureAlgorithm;
  /** Four bytes that name and key give. */
  readonly keyId: Uint8Array;
  /** Raw: 32 bytes of Ed25519, 1,312 of ML-DSA-44. */
  readonly publicKey: Uint8Array;
}

const kinds = {
  ed25519: { type: 0x04, keyBytes: 32 },
  'ml-dsa-44': { type: 0x06, keyBytes: 1312 },
} as const satisfies Record<CosignatureAlgorithm, { type: number; keyBytes: number }>;

/** The key of a cosigner. Throws a RangeError for a name or a key that is none. */
export function cosignerKey(name: string, publicKey: KeyObject): CosignerKey {
  const { algorithm, raw } = rawKeyOf(publicKey);
  if (!isKeyName(name) || Buffer.byteLength(name) > 255) throw new RangeError('not the name of a key');
  return { name, algorithm, keyId: keyIdOf(name, algorithm, raw), publicKey: raw };
}

/** `<name>+<key id in hex>+<base64 of type and public key>`. */
export function formatCosignerKey({ name, algorithm, keyId, publicKey }: CosignerKey): string {
  const material = Buffer.concat([Buffer.of(kinds[algorithm].type), publicKey]);
  return `${name}+${Buffer.from(keyId).toString('hex')}+${encodeBase64(material)}`;
}

/** Reads a cosigner's vkey; null when it is malformed, of another type, or its id does not belong to it. */
export function parseCosignerKey(text: string): CosignerKey | null {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  const name = match?.[1] ?? '';
  const material = decodeBase64(match?.[3] ?? '');
  if (!isKeyName(name) || Buffer.byteLength(name) > 255 || material === null) return null;
  for (const algorithm of ['ed25519', 'ml-dsa-44'] as const) {
    const { type, keyBytes } = kinds[algorithm];
    if (material[0] !== type || material.length !== keyBytes + 1) continue;
    const publicKey = material.slice(1);
    const key = { name, algorithm, keyId: keyIdOf(name, algorithm, publicKey), publicKey };
    return formatCosignerKey(key) === text ? key : null;
  }
  return null;
}

/** The key for Node's `crypto.verify`. */
export function importCosignerKey({ algorithm, publicKey }: CosignerKey): KeyObject {
  const raw = Buffer.from(publicKey).toString('base64url');
  return algorithm === 'ed25519'
    ? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' })
    : createPublicKey({ key: { kty: 'AKP', alg: 'ML-DSA-44', pub: raw }, format: 'jwk' });
}

function keyIdOf(name: string, algorithm: CosignatureAlgorithm, publicKey: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(kinds[algorithm].type), publicKey])).subarray(0, 4);
}

function rawKeyOf(publicKey: KeyObject): { algorithm: CosignatureAlgorithm; raw: Buffer } {
  const { crv, alg, x, pub } = publicKey.export({ format: 'jwk' }) as Record<string, string | undefined>;
  if (crv === 'Ed25519' && x !== undefined) return { algorithm: 'ed25519', raw: Buffer.from(x, 'base64url') };
  if (alg === 'ML-DSA-44' && pub !== undefined) return { algorithm: 'ml-dsa-44', raw: Buffer.from(pub, 'base64url') };
  throw new RangeError('neither an Ed25519 nor an ML-DSA-44 key');
}
