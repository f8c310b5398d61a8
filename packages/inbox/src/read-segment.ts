import { readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode, syncDirectory } from '@akashi/durable-files';
import { isTenantId } from '@akashi/policy';
import { InboxError } from './inbox-error.ts';
import { iterateRecords, type LandedRecord } from './record-list.ts';
import { releaseMemory } from './release-memory.ts';
import { createFrameCipher, decodeFrame, decodeSegmentHeader } from './segment-format.ts';

/** Where the inbox takes its keys from; a keyring fits. */
export interface InboxKeys {
  forTenant(tenantId: string): {
    inboxKey(keyId?: string): { id: string; key: Buffer };
    /** 32 bytes that authenticate receipts; they outlive each inbox key. */
    receiptsKey(): Buffer;
  };
}

export interface LandedBatch {
  /** The origin's JSON as it was sealed; its SHA-256 goes into every leaf of the batch. */
  origin: Buffer;
  receivedAtUs: number;
  recordCount: number;
  recordBytes: number;
  /** Can be walked more than once. */
  records: Iterable<LandedRecord>;
  receiptLine: Buffer;
}

export interface DamagedRange {
  offset: number;
  length: number;
}

export interface Segment {
  tenantId: string;
  segmentId: string;
  /** As the header says; it counts only for frames that authenticate. */
  retentionPolicy: string;
  /** Size of the file. */
  bytes: number;
  batches: LandedBatch[];
  recordCount: number;
  recordBytes: number;
  /** Offset behind the last frame that authenticates. */
  validBytes: number;
  /**
   * What follows `validBytes` up to the zeros that a segment is prepared with: a torn tail, never acknowledged unless the
   * storage itself lost bytes.
   */
  torn?: DamagedRange;
  /** Frames that do not authenticate although later ones do: bit rot or tampering, never a crash. */
  damaged: DamagedRange[];
  /** Gives the memory of the clear text back. Batches must not be read afterwards. */
  release(): void;
}

/**
 * Decodes a landing segment, open or closed. Never throws for damage: every frame that authenticates is returned and
 * the rest is reported. Throws `not-a-segment` when not even the header can be read.
 */
export function decodeSegment(file: Buffer, keys: InboxKeys): Segment {
  const decoded = decodeSegmentHeader(file);
  if (decoded === undefined) throw new InboxError('not-a-segment', 'the file does not begin with a segment header');
  const { tenantId, segmentId, keyId, retentionPolicy } = decoded.header;
  const cipher = createFrameCipher(decoded.header, keys.forTenant(tenantId).inboxKey(keyId).key);
  const clear: Buffer[] = [];
  const segment: Segment = {
    tenantId,
    segmentId,
    retentionPolicy,
    bytes: file.length,
    batches: [],
    recordCount: 0,
    recordBytes: 0,
    validBytes: decoded.length,
    damaged: [],
    release: () => clear.forEach(releaseMemory),
  };
  let suspects: DamagedRange[] = [];
  for (let at = decoded.length, counter = 0; at + 4 <= file.length; counter += 1) {
    const length = file.readUInt32BE(at);
    const end = at + 4 + length;
    if (length === 0 || end > file.length) break;
    const plain = cipher.open(counter, file.subarray(at + 4, end));
    if (plain === undefined) {
      suspects.push({ offset: at, length: end - at });
    } else {
      segment.damaged.push(...suspects);
      suspects = [];
      clear.push(plain);
      const { records, ...frame } = decodeFrame(plain);
      segment.batches.push({
        ...frame,
        recordCount: records.count,
        recordBytes: records.recordBytes,
        records: { [Symbol.iterator]: () => iterateRecords(records.encoded) },
      });
      segment.recordCount += records.count;
      segment.recordBytes += records.recordBytes;
      segment.validBytes = end;
    }
    at = end;
  }
  const tail = withoutZerosAtEnd(file.subarray(segment.validBytes));
  if (tail.length > 0) segment.torn = { offset: segment.validBytes, length: tail.length };
  return segment;
}

/** What a segment is prepared with is no trace of anything. */
export function withoutZerosAtEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}

export async function readSegment(path: string, keys: InboxKeys): Promise<Segment> {
  const file = await readFile(path);
  try {
    return decodeSegment(file, keys);
  } finally {
    releaseMemory(file);
  }
}

export interface ListedSegment {
  tenantId: string;
  segmentId: string;
  path: string;
  bytes: number;
}

const segmentIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A directory that disappears while it is read is an empty one. */
export async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT', 'ENOTDIR')) return [];
    throw cause;
  }
}

/** Path of a closed segment, for a worker that knows its ids from the ledger. */
export function segmentPath(dir: string, segment: { tenantId: string; segmentId: string }): string {
  if (!isTenantId(segment.tenantId) || !segmentIdForm.test(segment.segmentId)) {
    throw new InboxError('invalid-id', 'tenant and segment ids are lower-case UUIDs');
  }
  return join(dir, segment.tenantId, `${segment.segmentId}.segment`);
}

/** All closed segments, oldest first. Open ones belong to the writer and are not listed. */
export async function listSegments(dir: string): Promise<ListedSegment[]> {
  const listed: ListedSegment[] = [];
  for (const tenantId of await namesIn(dir)) {
    if (!isTenantId(tenantId)) continue;
    for (const name of await namesIn(join(dir, tenantId))) {
      if (!name.endsWith('.segment')) continue;
      const path = join(dir, tenantId, name);
      const found = await stat(path).catch((cause: unknown) => {
        if (hasErrorCode(cause, 'ENOENT')) return undefined;
        throw cause;
      });
      if (found === undefined) continue;
      listed.push({ tenantId, segmentId: name.slice(0, -'.segment'.length), path, bytes: found.size });
    }
  }
  return listed.sort((a, b) => (a.segmentId < b.segmentId ? -1 : 1));
}

/**
 * Removes a raw segment, after its block is sealed; the removal is durable when this resolves. Doing it again is no
 * error. The key of a segment is derived from the salt in the file, so what is left of the blocks on disk cannot be
 * read without that salt.
 */
export async function destroySegment(dir: string, segment: { tenantId: string; segmentId: string }): Promise<void> {
  const path = segmentPath(dir, segment);
  try {
    await unlink(path);
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOENT')) throw cause;
    return;
  }
  await syncDirectory(join(dir, segment.tenantId));
}
