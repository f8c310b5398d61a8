/** Makes the object that takes a block's place when records of it are removed. */
import { createHmac } from 'node:crypto';
import { compressPayload, encodeBlockBody } from './block-body.ts';
import type { BlockHeader } from './block-header.ts';
import { leafHashAt, openLeafCursor, removedLength } from './block-records.ts';
import { encodeSegmentTable, type SegmentShare } from './segment-table.ts';
import { leafOffsets } from './sealed-record.ts';
import { sha256 } from './sha256.ts';
import { formatReplacementHeader, type ReplacementHeader } from './replacement-header.ts';

export interface BlockToReplace {
  readonly header: BlockHeader;
  /** As `decodeStoredBlock` gives them, of the original or of an earlier replacement. */
  readonly payload: Uint8Array;
  readonly segments: readonly SegmentShare[] | null;
}

/**
 * The payload without these records: the leaf hash of each stands in its place. What was removed before stays removed. Throws a
 * RangeError for a position that the block does not have.
 */
export function removeRecords(payload: Uint8Array, positions: ReadonlySet<number>): Buffer {
  const cursor = openLeafCursor(payload);
  const { buffer } = cursor;
  const parts = [buffer.subarray(0, cursor.start)];
  let removed = 0;
  let from = cursor.start;
  while (cursor.next()) {
    if (!positions.has(cursor.leaf)) continue;
    removed += 1;
    if (cursor.isRemoved) continue;
    const head = Buffer.allocUnsafe(4);
    head.writeUInt32BE(removedLength, 0);
    const time = cursor.start + leafOffsets.receivedAtUs;
    parts.push(buffer.subarray(from, cursor.start - 4), head, leafHashAt(cursor), buffer.subarray(time, time + 8));
    from = cursor.end;
  }
  if (removed !== positions.size) throw new RangeError('the block does not have these records');
  return Buffer.concat([...parts, buffer.subarray(from)]);
}

/**
 * The body of the replacement. The same records and key give the same bytes, so that one whose writing was cut short is made
 * again as its tombstone says: the nonce follows from the bytes that it encrypts (as in a synthetic IV), and is no other body's.
 */
export function encodeReplacementBody(
  { header, payload, segments }: BlockToReplace,
  { positions, key }: { readonly positions: ReadonlySet<number>; readonly key: Uint8Array },
): Buffer {
  const records = removeRecords(payload, positions);
  const compressed = compressPayload(
    header.version === 1 ? records : Buffer.concat([encodeSegmentTable(segments ?? []), records]),
  );
  const { version, tenantId, block: blockNumber } = header;
  const nonce = createHmac('sha256', key)
    .update(`akashi replacement nonce v1\n${tenantId}\n${blockNumber}\n`)
    .update(sha256(compressed))
    .digest()
    .subarray(0, 12);
  return encodeBlockBody({ version, tenantId, blockNumber, isReplacement: true, compressed, key, nonce });
}

/** The stored object. */
export function encodeReplacementObject(
  replacement: ReplacementHeader,
  { headerBytes, body }: { readonly headerBytes: Uint8Array; readonly body: Uint8Array },
): Buffer {
  const head = Buffer.from(`${formatReplacementHeader(replacement)}\n`, 'utf8');
  return Buffer.concat([head, headerBytes, Buffer.from('\n', 'latin1'), body]);
}
