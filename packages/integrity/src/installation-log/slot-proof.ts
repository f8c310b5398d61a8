/**
 * That an organisation's checkpoint is in the installation log, as one C2SP tlog-proof: the entry of the log with its
 * (witnessed) checkpoint, and in the extra data what leads from the entry to the organisation's slot.
 */
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { decodeUtf8 } from '../bytes.ts';
import { canonicalBytes } from '../canonical-json.ts';
import { hashLeaf, verifyInclusion } from '../merkle-tree.ts';
import { verifyCheckpointByAny } from '../checkpoint.ts';
import { formatTreeHead, parseCheckpoint, type Checkpoint, type TreeHead } from '../signed-note.ts';
import { formatTlogProof, parseTlogProof } from '../tlog-proof.ts';
import { decodeInstallationEntry, slotOf, type InstallationEntry } from './installation-entry.ts';
import { verifySlot } from './slot-tree.ts';

export interface SlotProof {
  readonly entry: InstallationEntry;
  /** The bytes of the entry, as the log holds them. */
  readonly entryBytes: Uint8Array;
  /** Tree head of the organisation's own log that stands in its slot. */
  readonly head: TreeHead;
  /** From the root of the entry down to the slot. */
  readonly slotPath: readonly Uint8Array[];
  /** From the entry up to the root of the checkpoint. */
  readonly logPath: readonly Uint8Array[];
  /** Of the installation log, with what cosignatures there are. */
  readonly checkpoint: string;
}

export type SlotProofFault =
  'malformed' | 'other-log' | 'checkpoint-signature' | 'entry-not-in-log' | 'slot-not-in-entry';
export type CheckedSlotProof = { ok: true; checkpoint: Checkpoint } | { ok: false; code: SlotProofFault };

const format = 'akashi slot proof v1';

export function formatSlotProof({ entry, entryBytes, head, slotPath, logPath, checkpoint }: SlotProof): string {
  const extra = canonicalBytes({
    format,
    entry: Buffer.from(entryBytes).toString('utf8'),
    head: formatTreeHead(head),
    slotPath: slotPath.map(encodeBase64),
  });
  return formatTlogProof({ extra, index: entry.entry, path: logPath, checkpoint });
}

/** Reads a proof; null when it is malformed. Nothing is verified. */
export function parseSlotProof(text: string): SlotProof | null {
  const proof = parseTlogProof(text);
  const extra = proof?.extra == null ? null : extraOf(proof.extra);
  if (proof === null || extra === null) return null;
  const entryBytes = Buffer.from(extra.entry);
  const entry = decodeInstallationEntry(entryBytes);
  const head = headOf(extra.head);
  const slotPath = extra.slotPath.map(decodeBase64);
  // The line `index` and the entry must name the same entry, or two readers would see two proofs.
  if (entry?.entry !== proof.index || head === null || !slotPath.every((hash) => hash?.length === 32)) return null;
  return {
    entry,
    entryBytes,
    head,
    slotPath: slotPath as Uint8Array[],
    logPath: proof.path,
    checkpoint: proof.checkpoint,
  };
}

/**
 * Whether the organisation's head stands in its slot of an entry of a log that one of these keys signed. `secret` is the
 * organisation's blinding secret. Cosignatures are not looked at.
 */
export function checkSlotProof(
  proof: SlotProof,
  { logKeys, secret, tenantId }: { logKeys: readonly string[]; secret: Uint8Array; tenantId: string },
): CheckedSlotProof {
  const verified = verifyCheckpointOf(proof.checkpoint, logKeys);
  if (!verified.ok) return verified;
  const { size, root } = verified.checkpoint;
  const leafHash = hashLeaf(proof.entryBytes);
  if (!verifyInclusion({ leafHash, index: proof.entry.entry, size, proof: proof.logPath, root })) {
    return { ok: false, code: 'entry-not-in-log' };
  }
  const slot = slotOf(secret, tenantId, proof.head);
  if (!verifySlot(slot, proof.slotPath, proof.entry.root)) return { ok: false, code: 'slot-not-in-entry' };
  return verified;
}

function verifyCheckpointOf(note: string, logKeys: readonly string[]): CheckedSlotProof {
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) return { ok: false, code: 'malformed' };
  const ofLog = logKeys.filter((key) => key.startsWith(`${parsed.checkpoint.origin}+`));
  if (ofLog.length === 0) return { ok: false, code: 'other-log' };
  const verified = verifyCheckpointByAny(note, ofLog);
  return verified.ok ? verified : { ok: false, code: 'checkpoint-signature' };
}

function headOf(text: string): TreeHead | null {
  // A head is a checkpoint without signatures; the line only makes it one to read.
  const parsed = parseCheckpoint(`${text}\n— akashi AAAAAAA=\n`);
  if (!parsed.ok) return null;
  const { origin, size, root } = parsed.checkpoint;
  return formatTreeHead({ origin, size, root }) === text ? { origin, size, root } : null;
}

function extraOf(bytes: Uint8Array): { entry: string; head: string; slotPath: string[] } | null {
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes) ?? '');
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { format: named, entry, head, slotPath } = value as Record<string, unknown>;
  if (named !== format || typeof entry !== 'string' || typeof head !== 'string' || !Array.isArray(slotPath))
    return null;
  return slotPath.every((hash) => typeof hash === 'string') ? { entry, head, slotPath } : null;
}
