/** Recomputes what a block's header says about its records, and names the record that was altered where it can. */
import type { BlockHeader } from './block-header.ts';
import {
  BlockFormatError,
  leafHashAt,
  openLeafCursor,
  receivedAtUsOf,
  type BlockFormatCode,
  type LeafCursor,
} from './block-records.ts';
import { createNodeLevel } from './node-level.ts';
import { leafOffsets } from './sealed-record.ts';
import type { SegmentShare } from './segment-table.ts';
import { sha256, writeSha256 } from './sha256.ts';

export type CheckedPayload =
  | {
      ok: true;
      root: Buffer;
      recordCount: number;
      firstReceivedUs: number | null;
      lastReceivedUs: number | null;
      /** Positions of those that were removed. */
      removed: number[];
    }
  | { ok: false; code: BlockFormatCode | 'other-origin'; leaf: number | null };

/** Root, count and times of a payload, with every record's origin digest checked against the origin it names. */
export function checkPayload(payload: Uint8Array): CheckedPayload {
  try {
    const cursor = openLeafCursor(payload);
    const { buffer } = cursor;
    const digests = cursor.origins.map(sha256);
    const leaves = createNodeLevel(Math.min(cursor.recordCount, payload.length));
    let firstReceivedUs: number | null = null;
    let lastReceivedUs: number | null = null;
    const removed: number[] = [];
    while (cursor.next()) {
      if (cursor.isRemoved) {
        leaves.addHash(leafHashAt(cursor));
        removed.push(cursor.leaf);
      } else {
        if (!namesItsOrigin(cursor, digests)) return { ok: false, code: 'other-origin', leaf: cursor.leaf };
        leaves.addDigestOf(buffer.subarray(cursor.start, cursor.end));
      }
      const receivedAtUs = receivedAtUsOf(cursor);
      if (firstReceivedUs === null || receivedAtUs < firstReceivedUs) firstReceivedUs = receivedAtUs;
      if (lastReceivedUs === null || receivedAtUs > lastReceivedUs) lastReceivedUs = receivedAtUs;
    }
    return {
      ok: true,
      root: leaves.reduce(),
      recordCount: cursor.recordCount,
      firstReceivedUs,
      lastReceivedUs,
      removed,
    };
  } catch (error) {
    if (error instanceof BlockFormatError) return { ok: false, code: error.code, leaf: error.leaf };
    throw error;
  }
}

/** Of what is in no block as it was sealed. */
export interface RemovalRule {
  /** The positions whose records were removed; `any` in a replacement of which nobody says more. */
  removed: readonly number[] | 'any';
}

export type OpenedBlockCode =
  'ok' | 'segments' | 'root' | 'count' | 'times' | 'removed' | BlockFormatCode | 'other-origin';

/**
 * Whether an opened body holds what its header says: the root, count and times of its records and, in version 2, its
 * segments. The answer names the first thing that differs.
 */
export function checkOpenedBlock(
  header: BlockHeader,
  { payload, segments }: { payload: Uint8Array; segments: readonly SegmentShare[] | null },
  { removed }: RemovalRule = { removed: [] },
): OpenedBlockCode {
  const found = checkPayload(payload);
  if (!found.ok) return found.code;
  if (!found.root.equals(header.root)) return 'root';
  if (found.recordCount !== header.records) return 'count';
  if (removed !== 'any' && found.removed.join() !== removed.join()) return 'removed';
  if (found.firstReceivedUs !== header.firstReceivedUs || found.lastReceivedUs !== header.lastReceivedUs)
    return 'times';
  if (header.version === 1) return 'ok';
  const held = segments?.reduce((sum, { records }) => sum + records, 0);
  return segments?.length === header.segments && held === header.records ? 'ok' : 'segments';
}

/**
 * The first record of an altered payload that differs from what was sealed, or null when the payload does not tell.
 * `complete` says whether the payload was read to its end: only then the marks behind the records can be compared;
 * otherwise the first unreadable record is named. A help for people, not evidence: who can rewrite the payload can rewrite
 * the marks.
 */
export function locateAlteredRecord(payload: Uint8Array, complete: boolean): number | null {
  const digest = Buffer.alloc(32);
  try {
    const cursor = openLeafCursor(payload);
    const { buffer } = cursor;
    const digests = cursor.origins.map(sha256);
    const marks = buffer.length - cursor.recordCount * 2;
    if (marks < 0) return null;
    while (cursor.next()) {
      if (cursor.isRemoved) continue;
      if (!namesItsOrigin(cursor, digests)) return cursor.leaf;
      if (!complete) continue;
      writeSha256(buffer.subarray(cursor.start, cursor.end), digest, 0);
      if (digest.readUInt16BE(0) !== buffer.readUInt16BE(marks + cursor.leaf * 2)) return cursor.leaf;
    }
    return null;
  } catch (error) {
    if (error instanceof BlockFormatError) return error.leaf;
    throw error;
  }
}

/** Whether the digest in the record is that of the origin it names; compared in place, as there are many records. */
function namesItsOrigin({ buffer, originIndex, start }: LeafCursor, digests: readonly Buffer[]): boolean {
  const digest = digests[originIndex];
  if (digest === undefined) return false;
  const from = start + leafOffsets.originDigest;
  for (let index = 0; index < digest.length; index++) {
    if (buffer[from + index] !== digest[index]) return false;
  }
  return true;
}
