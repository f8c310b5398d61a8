/** Signing and verifying checkpoints with Node's Ed25519 (RFC 8032). */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import {
  ed25519KeyId,
  formatSignature,
  formatTreeHead,
  formatVerifierKeyWith,
  parseVerifierKeyWith,
  verifyCheckpointWith,
  type TreeHead,
  type VerifiedCheckpoint,
  type VerifierKey,
} from './signed-note.ts';
import { sha256 } from './sha256.ts';

/** A signed note committing to the tree, under the origin's own key. The same head and key give the same bytes. */
export function signCheckpoint(head: TreeHead, privateKey: KeyObject): string {
  const text = formatTreeHead(head);
  const keyId = ed25519KeyId(head.origin, rawPublicKey(createPublicKey(privateKey)), sha256);
  const signature = sign(null, Buffer.from(text, 'utf8'), privateKey);
  return `${text}\n${formatSignature({ keyName: head.origin, keyId, signature })}`;
}

/** Accepts a checkpoint only when the pinned key signed it for its own origin. */
export function verifyCheckpoint(note: string | Uint8Array, verifierKey: string): VerifiedCheckpoint {
  return verifyCheckpointWith(note, verifierKey, { sha256, verifyEd25519 });
}

/** The same with several keys of one log: one of them has to have signed it. Whether it was its turn is not looked at. */
export function verifyCheckpointByAny(
  note: string | Uint8Array,
  verifierKeys: readonly string[],
): VerifiedCheckpoint & { verifierKey?: string } {
  for (const verifierKey of verifierKeys) {
    const verified = verifyCheckpoint(note, verifierKey);
    if (verified.ok || verified.code !== 'unknown-key') return { ...verified, verifierKey };
  }
  return { ok: false, code: 'unknown-key' };
}

/** `<origin>+<key id in hex>+<base64 of 0x01 and the public key>`, from a public key or its 32 raw bytes. */
export function formatVerifierKey(origin: string, publicKey: KeyObject | Uint8Array): string {
  const raw = publicKey instanceof Uint8Array ? publicKey : rawPublicKey(publicKey);
  return formatVerifierKeyWith({ origin, publicKey: raw }, sha256);
}

/** Reads a verifier key; null when it is malformed or its id does not belong to it. */
export function parseVerifierKey(text: string): VerifierKey | null {
  return parseVerifierKeyWith(text, sha256);
}

/** Ed25519 verification with a raw 32-byte public key; false for every malformed input. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return verify(null, message, importPublicKey(publicKey), signature);
  } catch {
    return false;
  }
}

/** The key imported last: whoever checks many checkpoints checks them with one key. */
let imported: { x: string; key: KeyObject } | null = null;

function importPublicKey(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  if (imported?.x !== x) {
    imported = { x, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
  }
  return imported.key;
}

function rawPublicKey(publicKey: KeyObject): Buffer {
  const { kty, crv, x } = publicKey.export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new RangeError('not an Ed25519 key');
  return Buffer.from(x, 'base64url');
}
