/** Recomputes what a block's header says about its records, and names the record that was altered where it can. */
import {
  BlockFormatError,
  readBlockOrigins,
  readBlockRecordCount,
  readBlockRecords,
  type BlockFormatCode,
} from './block-records.ts';
import { createNodeLevel } from './node-level.ts';
import { leafOffsets } from './sealed-record.ts';
import { sha256, writeSha256 } from './sha256.ts';

export type CheckedPayload =
  | { ok: true; root: Buffer; recordCount: number; firstReceivedUs: number | null; lastReceivedUs: number | null }
  | { ok: false; code: BlockFormatCode | 'other-origin'; leaf: number | null };

/** Root, count and times of a payload, with every record's origin digest checked against the origin it names. */
export function checkPayload(payload: Uint8Array): CheckedPayload {
  try {
    const digests = readBlockOrigins(payload).map(sha256);
    const leaves = createNodeLevel(Math.min(readBlockRecordCount(payload), payload.length));
    let recordCount = 0;
    let firstReceivedUs: number | null = null;
    let lastReceivedUs: number | null = null;
    for (const { leaf, leafBytes, originIndex, receivedAtUs } of readBlockRecords(payload)) {
      const digest = leafBytes.subarray(leafOffsets.originDigest, leafOffsets.receivedAtUs);
      if (digests[originIndex]?.equals(digest) !== true) return { ok: false, code: 'other-origin', leaf };
      leaves.addDigestOf(leafBytes);
      if (firstReceivedUs === null || receivedAtUs < firstReceivedUs) firstReceivedUs = receivedAtUs;
      if (lastReceivedUs === null || receivedAtUs > lastReceivedUs) lastReceivedUs = receivedAtUs;
      recordCount++;
    }
    return { ok: true, root: leaves.reduce(), recordCount, firstReceivedUs, lastReceivedUs };
  } catch (error) {
    if (error instanceof BlockFormatError) return { ok: false, code: error.code, leaf: error.leaf };
    throw error;
  }
}

/**
 * The first record of an altered payload that differs from what was sealed, or null when the payload does not tell.
 * `complete` says whether the payload was read to its end: only then the marks behind the records can be compared;
 * otherwise the first unreadable record is named. A help for people, not evidence: who can rewrite the payload can rewrite
 * the marks.
 */
export function locateAlteredRecord(payload: Uint8Array, complete: boolean): number | null {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const digest = Buffer.alloc(32);
  try {
    const digests = readBlockOrigins(bytes).map(sha256);
    const recordCount = readBlockRecordCount(bytes);
    const marks = bytes.length - recordCount * 2;
    if (marks < 0) return null;
    for (const { leaf, leafBytes, originIndex } of readBlockRecords(bytes)) {
      const origin = leafBytes.subarray(leafOffsets.originDigest, leafOffsets.receivedAtUs);
      if (digests[originIndex]?.equals(origin) !== true) return leaf;
      if (!complete) continue;
      writeSha256(leafBytes, digest, 0);
      if (digest.readUInt16BE(0) !== bytes.readUInt16BE(marks + leaf * 2)) return leaf;
    }
    return null;
  } catch (error) {
    if (error instanceof BlockFormatError) return error.leaf;
    throw error;
  }
}
