/** Landing segments, one after the other, as the payload of one block. No record is hashed again. */
import { readPayloadLayout, type PayloadLayout } from './block-records.ts';
import { createNodeLevel } from './node-level.ts';
import type { BuiltSegment } from './segment-builder.ts';
import { encodeSegmentTable, type SegmentShare } from './segment-table.ts';
import { hashBytes } from './tile-path.ts';

/** A masked segment that is to be sealed; `payload` and `leafHashes` as `SegmentBuilder.finish` gave them. */
export type SegmentToSeal = Pick<BuiltSegment, 'recordCount' | 'firstReceivedUs' | 'lastReceivedUs'> & {
  segmentId: string;
  payload: Uint8Array;
  leafHashes: Uint8Array;
};

/** All of a block that depends on its records alone. */
export interface BlockContent {
  /** In the order of their records. */
  segments: SegmentShare[];
  /** Segment table, origins, records and marks: what is compressed and encrypted. */
  payload: Buffer;
  root: Buffer;
  records: number;
  /** Earliest and latest receive time; null without records. */
  firstReceivedUs: number | null;
  lastReceivedUs: number | null;
}

/**
 * Joins whole segments in the given order. The same segments in the same order give the same bytes. Throws a RangeError
 * for no segment, or for one that comes twice, and a BlockFormatError for a payload that is none.
 */
export function joinSegments(segments: readonly SegmentToSeal[]): BlockContent {
  if (segments.length === 0) throw new RangeError('a block holds at least one segment');
  const layouts = segments.map(({ payload }) => readPayloadLayout(payload));
  const table = segments.map(({ segmentId, recordCount }) => ({ segmentId, records: recordCount }));
  const records = table.reduce((sum, share) => sum + share.records, 0);
  const { origins, indexes } = joinOrigins(layouts);
  const parts: Uint8Array[] = [encodeSegmentTable(table), uint32(origins.length)];
  for (const origin of origins) parts.push(uint32(origin.length), origin);
  parts.push(uint32(records));
  layouts.forEach((layout, at) => parts.push(withOrigins(layout, indexes[at] ?? [])));
  for (const { buffer, marksStart } of layouts) parts.push(buffer.subarray(marksStart));
  return {
    segments: table,
    payload: Buffer.concat(parts),
    root: rootOf(segments, records),
    records,
    ...timesOf(segments),
  };
}

/** Every origin once, and for each segment the new index of each of its origins. */
function joinOrigins(layouts: readonly PayloadLayout[]): { origins: Buffer[]; indexes: number[][] } {
  const origins: Buffer[] = [];
  const known = new Map<string, number>();
  const indexes = layouts.map((layout) =>
    layout.origins.map((origin) => {
      const key = origin.toString('latin1');
      const index = known.get(key) ?? origins.push(origin) - 1;
      known.set(key, index);
      return index;
    }),
  );
  return { origins, indexes };
}

/** The records of a segment with the origin indexes of the block. */
function withOrigins(
  { buffer, recordsStart, marksStart, recordCount }: PayloadLayout,
  indexes: readonly number[],
): Buffer {
  const records = buffer.subarray(recordsStart, marksStart);
  if (indexes.every((index, own) => index === own)) return records;
  const copy = Buffer.from(records);
  let offset = 0;
  for (let record = 0; record < recordCount; record++) {
    copy.writeUInt32BE(indexes[copy.readUInt32BE(offset)] ?? 0, offset);
    offset += 8 + copy.readUInt32BE(offset + 4);
  }
  return copy;
}

function rootOf(segments: readonly SegmentToSeal[], records: number): Buffer {
  const leaves = createNodeLevel(records);
  for (const { leafHashes } of segments) {
    for (let at = 0; at < leafHashes.length; at += hashBytes) leaves.addHash(leafHashes.subarray(at, at + hashBytes));
  }
  return leaves.reduce();
}

function timesOf(segments: readonly SegmentToSeal[]): Pick<BlockContent, 'firstReceivedUs' | 'lastReceivedUs'> {
  let firstReceivedUs: number | null = null;
  let lastReceivedUs: number | null = null;
  for (const { firstReceivedUs: first, lastReceivedUs: last } of segments) {
    if (first !== null && (firstReceivedUs === null || first < firstReceivedUs)) firstReceivedUs = first;
    if (last !== null && (lastReceivedUs === null || last > lastReceivedUs)) lastReceivedUs = last;
  }
  return { firstReceivedUs, lastReceivedUs };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}
