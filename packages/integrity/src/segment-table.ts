/**
 * The table with which a payload of version 2 begins: which landing segments the block holds, and how many records of
 * each, in the order of the records.
 *
 *   u32be segmentCount | (u16be length | segment id | u32be recordCount)*
 */
import { decodeUtf8 } from './bytes.ts';
import { isHeaderName } from './header-values.ts';

/** A landing segment and how many of the block's records are its own. Its first record follows those of the one before. */
export interface SegmentShare {
  segmentId: string;
  records: number;
}

/** The table's bytes. Throws a RangeError for an id that is no name or comes twice. */
export function encodeSegmentTable(segments: readonly SegmentShare[]): Buffer {
  const parts: Buffer[] = [uint32(segments.length)];
  const seen = new Set<string>();
  for (const { segmentId, records } of segments) {
    if (!isHeaderName(segmentId) || seen.has(segmentId)) throw new RangeError('a segment id is a name that comes once');
    seen.add(segmentId);
    const id = Buffer.from(segmentId, 'latin1');
    const length = Buffer.allocUnsafe(2);
    length.writeUInt16BE(id.length, 0);
    parts.push(length, id, uint32(records));
  }
  return Buffer.concat(parts);
}

/** A payload of version 2 parted into its table and the records, which is a view; null when the table cannot be read. */
export function splitSegmentTable(payload: Buffer): { segments: SegmentShare[]; records: Buffer } | null {
  if (payload.length < 4) return null;
  const count = payload.readUInt32BE(0);
  const segments: SegmentShare[] = [];
  const seen = new Set<string>();
  let offset = 4;
  for (let index = 0; index < count; index++) {
    if (offset + 2 > payload.length) return null;
    const start = offset + 2;
    const end = start + payload.readUInt16BE(offset);
    if (end + 4 > payload.length) return null;
    const segmentId = decodeUtf8(payload.subarray(start, end));
    if (segmentId === null || !isHeaderName(segmentId) || seen.has(segmentId)) return null;
    seen.add(segmentId);
    segments.push({ segmentId, records: payload.readUInt32BE(end) });
    offset = end + 4;
  }
  return { segments, records: payload.subarray(offset) };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}
