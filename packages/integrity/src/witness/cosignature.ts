/**
 * Cosignatures of checkpoints (C2SP tlog-cosignature): a witness says that at a time this was the largest tree of the log that it
 * had seen, and that it goes on from every earlier one. Ed25519 (`cosignature/v1`) and ML-DSA-44 (`subtree/v1`).
 */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import {
  formatSignature,
  formatTreeHead,
  parseCheckpoint,
  type Checkpoint,
  type NoteSignature,
  type TreeHead,
} from '../signed-note.ts';
import { cosignerKey, importCosignerKey, type CosignatureAlgorithm, type CosignerKey } from './cosigner-key.ts';

export interface Cosigner {
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface Cosignature {
  readonly key: CosignerKey;
  /** POSIX time in seconds at which the witness signed; 0 says nothing of the time (ML-DSA-44 only). */
  readonly at: number;
}

const signatureBytes = { ed25519: 64, 'ml-dsa-44': 2420 } as const satisfies Record<CosignatureAlgorithm, number>;
const timestampBytes = 8;
const mostSeconds = 2n ** 63n - 1n;
const label = Buffer.from('subtree/v1\n\0');

/** A signature line, LF included. `signedText`: that of the checkpoint, where it is more than a tree head. `at`: POSIX time in seconds. */
export function cosign(head: TreeHead & { signedText?: string }, { name, privateKey }: Cosigner, at: number): string {
  const key = cosignerKey(name, createPublicKey(privateKey));
  const signed = { ...head, signedText: head.signedText ?? formatTreeHead(head) };
  const signature = sign(null, messageOf(signed, key, BigInt(at)), privateKey);
  return formatSignature({ keyName: name, keyId: key.keyId, signature: Buffer.concat([u64(BigInt(at)), signature]) });
}

/**
 * The cosignatures of these keys on a checkpoint. Lines of other keys are ignored; one that claims to be of one of these and is
 * not valid is left out, as whoever relays a note can add any line to it.
 */
export function cosignaturesOf(checkpoint: Checkpoint, keys: readonly CosignerKey[]): Cosignature[] {
  const found: Cosignature[] = [];
  for (const key of keys) {
    const times = checkpoint.signatures
      .filter(({ keyName, keyId }) => keyName === key.name && Buffer.from(keyId).equals(key.keyId))
      .map((line) => cosignedAt(checkpoint, key, line))
      .filter((at) => at !== null);
    if (times.length > 0) found.push({ key, at: Math.max(...times) });
  }
  return found;
}

/**
 * The lines of an answer of a witness that hold for the checkpoint: only cosignatures of that key, spelled as they came. Empty when
 * there is none.
 */
export function validLines(note: string, answer: string, key: CosignerKey): string[] {
  return answer
    .split(/(?<=\n)/)
    .filter((line) => {
      const parsed = parseCheckpoint(`${bodyOf(note)}\n${line}`);
      return parsed.ok && cosignaturesOf(parsed.checkpoint, [key]).length === 1;
    })
    .slice(0, 1);
}

/** The checkpoint with cosignatures behind its own signatures. */
export function withCosignatures(note: string, lines: readonly string[]): string {
  return `${note}${lines.join('')}`;
}

function bodyOf(note: string): string {
  return note.slice(0, note.lastIndexOf('\n\n') + 1);
}

function cosignedAt(checkpoint: Checkpoint, key: CosignerKey, line: NoteSignature): number | null {
  const bytes = Buffer.from(line.signature);
  if (bytes.length !== timestampBytes + signatureBytes[key.algorithm]) return null;
  const at = bytes.readBigUInt64BE(0);
  if (at > mostSeconds) return null;
  try {
    const message = messageOf(checkpoint, key, at);
    return verify(null, message, importCosignerKey(key), bytes.subarray(timestampBytes)) ? Number(at) : null;
  } catch {
    return null;
  }
}

type SignedHead = TreeHead & { signedText: string };

function messageOf(head: SignedHead, { name, algorithm }: CosignerKey, at: bigint): Buffer {
  if (algorithm === 'ed25519') return Buffer.from(`cosignature/v1\ntime ${at}\n${head.signedText}`);
  const [cosigner, origin] = [Buffer.from(name), Buffer.from(head.origin)];
  return Buffer.concat([
    label,
    Buffer.of(cosigner.length),
    cosigner,
    u64(at),
    Buffer.of(origin.length),
    origin,
    u64(0n),
    u64(BigInt(head.size)),
    head.root,
  ]);
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}
