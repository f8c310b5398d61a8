/**
 * Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint) for Node and browsers. The primitives are arguments.
 * Only Ed25519 (signature type 0x01) is known; signatures of other keys are ignored, as the specification asks.
 */
import { decodeBase64, encodeBase64 } from './base64.ts';
import { concatBytes, decodeUtf8, encodeUtf8, equalBytes } from './bytes.ts';
import { isTreeSize } from './merkle-ranges.ts';

export interface CheckpointPrimitives {
  sha256: (bytes: Uint8Array) => Uint8Array;
  verifyEd25519: (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;
}

export interface TreeHead {
  origin: string;
  size: number;
  root: Uint8Array;
}

export interface NoteSignature {
  keyName: string;
  keyId: Uint8Array;
  signature: Uint8Array;
}

export interface Checkpoint extends TreeHead {
  /** What the signatures cover. */
  signedText: string;
  signatures: NoteSignature[];
}

export interface VerifierKey {
  origin: string;
  keyId: Uint8Array;
  publicKey: Uint8Array;
}

export type ParsedCheckpoint = { ok: true; checkpoint: Checkpoint } | { ok: false; code: 'malformed' };
export type VerifiedCheckpoint =
  | { ok: true; checkpoint: Checkpoint }
  | { ok: false; code: 'malformed' | 'malformed-key' | 'other-origin' | 'unknown-key' | 'bad-signature' };

const ed25519Type = 0x01;
const signatureLead = '— ';
/** The specification asks for at least 16 signatures to be accepted; post-quantum ones reach 5 kB. */
const maxNoteCharacters = 256 * 1024;
const maxSignatures = 64;

/** Text of a checkpoint that its signature covers. */
export function formatTreeHead({ origin, size, root }: TreeHead): string {
  if (!isKeyName(origin) || !isTreeSize(size) || root.length !== 32) throw new RangeError('not a tree head');
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

/** A signature line, LF included. */
export function formatSignature({ keyName, keyId, signature }: NoteSignature): string {
  return `${signatureLead}${keyName} ${encodeBase64(concatBytes(keyId, signature))}\n`;
}

/** The first four bytes of SHA-256 over name, LF, type and public key. */
export function ed25519KeyId(name: string, publicKey: Uint8Array, sha256: CheckpointPrimitives['sha256']): Uint8Array {
  return sha256(concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(ed25519Type), publicKey)).slice(0, 4);
}

/** `<origin>+<key id in hex>+<base64 of 0x01 and the public key>`. */
export function formatVerifierKeyWith(
  key: { origin: string; publicKey: Uint8Array },
  sha256: CheckpointPrimitives['sha256'],
): string {
  const { origin, publicKey } = key;
  if (!isKeyName(origin) || publicKey.length !== 32) throw new RangeError('not an Ed25519 verifier key');
  const hex = [...ed25519KeyId(origin, publicKey, sha256)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${origin}+${hex}+${encodeBase64(concatBytes(Uint8Array.of(ed25519Type), publicKey))}`;
}

/** Reads a verifier key; null when it is malformed or its id does not belong to it. */
export function parseVerifierKeyWith(text: string, sha256: CheckpointPrimitives['sha256']): VerifierKey | null {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  const origin = match?.[1] ?? '';
  const encoded = decodeBase64(match?.[3] ?? '');
  if (!isKeyName(origin) || encoded === null || encoded.length !== 33 || encoded[0] !== ed25519Type) return null;
  const publicKey = encoded.slice(1);
  if (formatVerifierKeyWith({ origin, publicKey }, sha256) !== text) return null;
  return { origin, keyId: ed25519KeyId(origin, publicKey, sha256), publicKey };
}

/** Reads a checkpoint without trusting it. Extension lines are accepted, as they are covered by the signature. */
export function parseCheckpoint(note: string | Uint8Array): ParsedCheckpoint {
  const malformed: ParsedCheckpoint = { ok: false, code: 'malformed' };
  const text = typeof note === 'string' ? note : decodeUtf8(note);
  if (text === null || text.length > maxNoteCharacters || hasControlCharacter(text)) return malformed;
  const blank = text.lastIndexOf('\n\n');
  if (blank < 0 || !text.endsWith('\n')) return malformed;
  const signedText = text.slice(0, blank + 1);
  const signatureLines = text.slice(blank + 2, -1).split('\n');
  const lines = signedText.slice(0, -1).split('\n');
  const [origin = '', sizeText = '', rootText = ''] = lines;
  const size = /^(0|[1-9]\d{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN;
  const root = decodeBase64(rootText);
  if (lines.includes('') || !isTreeSize(size) || root === null || root.length !== 32) return malformed;
  if (signatureLines.length > maxSignatures) return malformed;
  const signatures: NoteSignature[] = [];
  for (const line of signatureLines) {
    const signature = parseSignature(line);
    if (signature === null) return malformed;
    signatures.push(signature);
  }
  return { ok: true, checkpoint: { origin, size, root, signedText, signatures } };
}

/**
 * Accepts a checkpoint only when the pinned key signed it for its own origin. Signatures of keys that are not pinned are
 * ignored; one that claims to be the pinned key's and is not valid rejects the note.
 */
export function verifyCheckpointWith(
  note: string | Uint8Array,
  verifierKey: string,
  primitives: CheckpointPrimitives,
): VerifiedCheckpoint {
  const key = parseVerifierKeyWith(verifierKey, primitives.sha256);
  if (key === null) return { ok: false, code: 'malformed-key' };
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) return parsed;
  const { checkpoint } = parsed;
  if (checkpoint.origin !== key.origin) return { ok: false, code: 'other-origin' };
  const own = checkpoint.signatures.filter(
    ({ keyName, keyId }) => keyName === key.origin && equalBytes(keyId, key.keyId),
  );
  if (own.length === 0) return { ok: false, code: 'unknown-key' };
  const message = encodeUtf8(checkpoint.signedText);
  const valid = own.every(
    ({ signature }) => signature.length === 64 && primitives.verifyEd25519(signature, message, key.publicKey),
  );
  return valid ? { ok: true, checkpoint } : { ok: false, code: 'bad-signature' };
}

function parseSignature(line: string): NoteSignature | null {
  if (!line.startsWith(signatureLead)) return null;
  const fields = line.slice(signatureLead.length).split(' ');
  const [keyName = '', encoded = ''] = fields;
  const bytes = decodeBase64(encoded);
  if (fields.length !== 2 || !isKeyName(keyName) || bytes === null || bytes.length < 5) return null;
  return { keyName, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** Notes hold no ASCII control character but LF. */
function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}

/** Key names hold no Unicode space, no plus sign and no line break. */
export function isKeyName(name: string): boolean {
  return /^[^\s\u0085+]+$/u.test(name);
}
