/**
 * Checks the proof of one event from the record up to the signature, in four steps that are each told apart. It shares
 * nothing with the writer but the formats, and runs in Node and in browsers: hashing and Ed25519 are arguments.
 */
import { decodeBase64 } from './base64.ts';
import { parseBlockHeader, type BlockHeader } from './block-header.ts';
import { encodeUtf8 } from './bytes.ts';
import { checkInclusion, hashLeafWith } from './check-merkle-proof.ts';
import { eventProofFormat, type EventProof, type ProofBytes, type WithheldProof } from './event-proof.ts';
import { followKeyChanges } from './follow-key-change.ts';
import { encodeLeaf, maxNotesBytes, recordFlags } from './sealed-record.ts';
import { parseCheckpoint, verifyCheckpointWith, type CheckpointPrimitives } from './signed-note.ts';

/**
 * - `record-in-block`: the record, with origin, times and notes, is at its place in the block.
 * - `block-header`: the header is canonical and belongs to the log whose key is pinned.
 * - `block-in-log`: the header is the log's entry at the block's number.
 * - `checkpoint-signature`: the pinned key, or one that it led to, signed that state of that log.
 */
export type ProofStepCode = 'record-in-block' | 'block-header' | 'block-in-log' | 'checkpoint-signature';

export interface ProofStep {
  code: ProofStepCode;
  ok: boolean;
}

export interface CheckedEventProof {
  ok: boolean;
  steps: ProofStep[];
}

/** No tree of this system is deeper; a longer path proves nothing and costs time. */
const maxPathLength = 64;

/** Checks a proof against the pinned verifier key. Anything malformed is a failed step, never an exception. */
export function checkEventProof(
  proof: EventProof,
  verifierKey: string,
  primitives: CheckpointPrimitives,
): CheckedEventProof {
  const header = isObject(proof) && proof.format === eventProofFormat ? readHeader(proof) : null;
  const isInBlock = header !== null && attempt(() => isRecordInBlock(proof, header, primitives));
  return checkPath(proof, { header, isInBlock, verifierKey, primitives });
}

/**
 * The same for a reader who may not see the record: its hash stands at its place in the block, and everything above it
 * holds. Says nothing about what the record is.
 */
export function checkWithheldProof(
  proof: WithheldProof,
  verifierKey: string,
  primitives: CheckpointPrimitives,
): CheckedEventProof {
  const header = isObject(proof) ? readHeader(proof) : null;
  const isInBlock = header !== null && attempt(() => isHashInBlock(proof, header, primitives));
  return checkPath(proof, { header, isInBlock, verifierKey, primitives });
}

type PathAbove = Pick<EventProof, 'header' | 'logPath' | 'checkpoint' | 'keyChanges'>;

interface CheckedBelow {
  header: BlockHeader | null;
  isInBlock: boolean;
  verifierKey: string;
  primitives: CheckpointPrimitives;
}

/** What is above a record, whatever is told of the record itself. */
function checkPath(proof: PathAbove, { header, isInBlock, verifierKey, primitives }: CheckedBelow): CheckedEventProof {
  const steps: ProofStep[] = [
    { code: 'record-in-block', ok: isInBlock },
    { code: 'block-header', ok: header !== null && verifierKey.startsWith(`akashi.log/${header.tenantId}+`) },
    { code: 'block-in-log', ok: header !== null && attempt(() => isBlockInLog(proof, header, primitives)) },
    {
      code: 'checkpoint-signature',
      ok: attempt(() => isSigned(proof, verifierKey, primitives)),
    },
  ];
  return { ok: steps.every((step) => step.ok), steps };
}

function isSigned(proof: PathAbove, verifierKey: string, primitives: CheckpointPrimitives): boolean {
  if (verifyCheckpointWith(proof.checkpoint, verifierKey, primitives).ok) return true;
  const key = followKeyChanges(proof.keyChanges ?? [], verifierKey, primitives);
  return key !== verifierKey && verifyCheckpointWith(proof.checkpoint, key, primitives).ok;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function readHeader(proof: PathAbove): BlockHeader | null {
  if (typeof proof.header !== 'string') return null;
  const decoded = parseBlockHeader(proof.header);
  return decoded.ok ? decoded.header : null;
}

function isRecordInBlock(proof: EventProof, header: BlockHeader, { sha256 }: CheckpointPrimitives): boolean {
  const { event } = proof;
  const origin = bytesOf(event.origin);
  const notes = bytesOf(event.notes);
  const record = bytesOf(event.record);
  const path = hashesOf(proof.blockPath);
  if (origin === null || notes === null || record === null || path === null) return false;
  if (!isUnsigned(event.flags, 0xff) || !isUnsigned(event.sequence, 0xffff_ffff)) return false;
  if (!isUnsigned(event.receivedAtUs, Number.MAX_SAFE_INTEGER) || notes.length > maxNotesBytes) return false;
  if (((event.flags & recordFlags.hasNotes) !== 0) !== notes.length > 0) return false;
  const { flags, receivedAtUs, sequence } = event;
  const leaf = encodeLeaf({ flags, originDigest: sha256(origin), receivedAtUs, sequence, notes, record });
  return checkInclusion(
    { leafHash: sha256(leaf), index: event.leaf, size: header.records, proof: path, root: header.root },
    sha256,
  );
}

function isHashInBlock(
  { leaf, leafHash, blockPath }: WithheldProof,
  header: BlockHeader,
  { sha256 }: CheckpointPrimitives,
): boolean {
  const [hash] = hashesOf([leafHash]) ?? [];
  const path = hashesOf(blockPath);
  if (hash === undefined || path === null) return false;
  return checkInclusion({ leafHash: hash, index: leaf, size: header.records, proof: path, root: header.root }, sha256);
}

function isBlockInLog(proof: PathAbove, header: BlockHeader, { sha256 }: CheckpointPrimitives): boolean {
  const path = hashesOf(proof.logPath);
  const parsed = parseCheckpoint(proof.checkpoint);
  if (path === null || !parsed.ok) return false;
  const { size, root } = parsed.checkpoint;
  const leafHash = hashLeafWith(sha256, encodeUtf8(proof.header));
  return checkInclusion({ leafHash, index: header.block, size, proof: path, root }, sha256);
}

function bytesOf(value: ProofBytes): Uint8Array | null {
  if ('text' in value)
    return typeof value.text === 'string' && !('base64' in value) ? wellFormedUtf8(value.text) : null;
  return typeof value.base64 === 'string' ? decodeBase64(value.base64) : null;
}

/** A lone surrogate would turn into U+FFFD and let two texts stand for the same bytes. */
function wellFormedUtf8(text: string): Uint8Array | null {
  return text.isWellFormed() ? encodeUtf8(text) : null;
}

function hashesOf(path: readonly string[]): Uint8Array[] | null {
  if (!Array.isArray(path) || path.length > maxPathLength) return null;
  const hashes: Uint8Array[] = [];
  for (const encoded of path) {
    const hash = typeof encoded === 'string' ? decodeBase64(encoded) : null;
    if (hash === null || hash.length !== 32) return null;
    hashes.push(hash);
  }
  return hashes;
}

function isUnsigned(value: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= max;
}

/** JSON from outside may lack any field; reading it then fails the step. */
function attempt(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
