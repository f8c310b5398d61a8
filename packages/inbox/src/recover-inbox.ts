import { open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode, makeDirectory, syncDirectory } from '@akashi/durable-files';
import { isTenantId } from '@akashi/policy';
import { InboxError } from './inbox-error.ts';
import {
  decodeSegment,
  namesIn,
  withoutZerosAtEnd,
  type DamagedRange,
  type InboxKeys,
  type Segment,
} from './read-segment.ts';
import { openReceiptBook } from './receipts.ts';

export interface RecoveredSegment {
  tenantId: string;
  segmentId: string;
  /** closed: accepted batches stood in it. empty: none did, so it is gone. unreadable: left as it is. */
  outcome: 'closed' | 'empty' | 'unreadable';
  recordCount: number;
  /** Bytes cut behind the last valid frame, kept for a day below `torn/`. */
  cutBytes: number;
  /** Frames before the last valid one that do not authenticate. More than 0 is never the work of a crash. */
  damagedFrames: number;
}

const tornKeptMs = 24 * 60 * 60 * 1000;

/**
 * Brings the inbox of a writer that died back in order: each open segment is cut at its last valid frame, its receipts
 * are made durable and it is closed. Doing it twice, or dying within it, changes nothing more.
 */
export async function recoverInbox(dir: string, keys: InboxKeys): Promise<RecoveredSegment[]> {
  const recovered: RecoveredSegment[] = [];
  for (const tenantId of await namesIn(dir)) {
    if (!isTenantId(tenantId)) continue;
    for (const name of await namesIn(join(dir, tenantId))) {
      if (name.endsWith('.open')) {
        recovered.push(await recoverSegment({ dir, tenantId, segmentId: name.slice(0, -'.open'.length), keys }));
      }
    }
  }
  return recovered;
}

interface Orphan {
  dir: string;
  tenantId: string;
  segmentId: string;
  keys: InboxKeys;
}

async function recoverSegment(orphan: Orphan): Promise<RecoveredSegment> {
  const { dir, tenantId, segmentId, keys } = orphan;
  const directory = join(dir, tenantId);
  const path = join(directory, `${segmentId}.open`);
  const found = { tenantId, segmentId, recordCount: 0, damagedFrames: 0 };
  // A file that the disk does not give back stays for the next start; it is no reason to refuse everybody's batches.
  const file = await readFile(path).catch(() => undefined);
  const segment = file === undefined ? 'unreadable' : decodeIfSegment(file, keys);
  if (file === undefined || segment === 'unreadable') return { ...found, outcome: 'unreadable', cutBytes: 0 };
  const { offset, length } = tornIn(file, segment);
  await keepTail(directory, `${segmentId}-${offset}.bin`, file.subarray(offset, offset + length));
  if (segment === undefined || segment.batches.length === 0) {
    await unlink(path);
    await syncDirectory(directory);
    return { ...found, outcome: 'empty', cutBytes: length };
  }
  await cutDurably(path, segment.validBytes);
  await keepReceipts(directory, segment, keys);
  await rename(path, join(directory, `${segmentId}.segment`));
  await syncDirectory(directory);
  return {
    ...found,
    outcome: 'closed',
    recordCount: segment.recordCount,
    cutBytes: length,
    damagedFrames: segment.damaged.length,
  };
}

/** Where no whole frame stands, the header goes with what is torn: it has the salt. A file that was only prepared has no tail. */
function tornIn(file: Buffer, segment: Segment | undefined): DamagedRange {
  if (segment === undefined) return { offset: 0, length: withoutZerosAtEnd(file).length };
  const { torn, validBytes, batches } = segment;
  if (torn === undefined) return { offset: validBytes, length: 0 };
  return batches.length > 0 ? torn : { offset: 0, length: torn.offset + torn.length };
}

/** Also where nothing is cut: a writer that was killed before its fdatasync left frames that only the page cache has. */
async function cutDurably(path: string, length: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A missing key is a fault of the installation, not of the file: the file waits until the key is back. */
function decodeIfSegment(file: Buffer, keys: InboxKeys): Segment | undefined | 'unreadable' {
  try {
    return decodeSegment(file, keys);
  } catch (cause) {
    return cause instanceof InboxError && cause.code === 'not-a-segment' ? undefined : 'unreadable';
  }
}

async function keepReceipts(directory: string, segment: Segment, keys: InboxKeys): Promise<void> {
  const book = openReceiptBook({ directory: join(directory, 'receipts'), tenantId: segment.tenantId, keys });
  for (const batch of segment.batches) {
    if (batch.receiptLine.length > 0) await book.append([batch.receiptLine], batch.receivedAtUs);
  }
}

async function keepTail(directory: string, name: string, tail: Buffer): Promise<void> {
  if (tail.length === 0) return;
  await makeDirectory(join(directory, 'torn'));
  await writeFile(join(directory, 'torn', name), tail, { mode: 0o600, flush: true });
  await syncDirectory(join(directory, 'torn'));
}

/**
 * Removes what was torn more than a day ago. A tail is encrypted, but what is in it was never masked: it does not stay longer
 * than somebody needs to look, and neither does its key.
 */
export async function removeOldTails(dir: string): Promise<void> {
  for (const tenantId of await namesIn(dir)) {
    if (!isTenantId(tenantId)) continue;
    const directory = join(dir, tenantId, 'torn');
    for (const name of await namesIn(directory)) await removeIfOld(join(directory, name));
  }
}

async function removeIfOld(path: string): Promise<void> {
  try {
    if (Date.now() - (await stat(path)).mtimeMs > tornKeptMs) await unlink(path);
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOENT')) throw cause;
  }
}
