/**
 * Builds the records of one landing segment in one pass, each hashed once:
 *
 *   u32be originCount | (u32be length | origin JSON)* | u32be recordCount |
 *   (u32be originIndex | u32be leafLength | leaf bytes)* | (u16be mark)*
 *
 * A mark is the first two bytes of a record's leaf hash. It is no evidence (the root is); it lets a verifier name the
 * record that was altered when the root no longer matches. `joinSegments` makes one or more of these into a block.
 */
import { leafHeadBytes, leafOffsets, maxNotesBytes, recordFlags } from './sealed-record.ts';
import { hashBytes } from './tile-path.ts';
import { sha256, writeSha256 } from './sha256.ts';

export interface RecordInput {
  /** What `addOrigin` returned for the record's origin. */
  originIndex: number;
  /** Bits of `recordFlags`; `hasNotes` is set here, from the notes. */
  flags: number;
  receivedAtUs: number;
  /** Position of the record in its batch. */
  sequence: number;
  /** Masking notes as JSON bytes; null or empty when the record was left as it is. */
  notes: Uint8Array | null;
  /** The masked record. It is copied: the caller may reuse the memory. */
  record: Uint8Array;
}

export interface BuiltSegment {
  /** Origins, records and marks: what `readBlockRecords` reads. */
  payload: Buffer;
  /** The records' leaf hashes, 32 bytes each, in order. */
  leafHashes: Buffer;
  recordCount: number;
  /** Earliest and latest receive time; null without records. */
  firstReceivedUs: number | null;
  lastReceivedUs: number | null;
}

export interface SegmentBuilder {
  /** Adds an origin (canonical JSON bytes) once; the same bytes give the same index again. */
  addOrigin(json: Uint8Array): number;
  addRecord(input: RecordInput): void;
  /** Records added so far. */
  readonly recordCount: number;
  /** Ends the segment. The builder must not be used afterwards. */
  finish(): BuiltSegment;
}

const recordHeadBytes = 8;
const initialSize: ExpectedRecords = { count: 2048, bytes: 160 * 1024 };

/** What is likely to come, so that memory is taken once; more may come. */
export interface ExpectedRecords {
  readonly count: number;
  /** Sum of the records' own lengths. */
  readonly bytes: number;
}

/** An empty segment. Records keep the order in which they are added; that order is part of what is sealed. */
export function createSegmentBuilder(expected: ExpectedRecords = initialSize): SegmentBuilder {
  const origins: { json: Buffer; digest: Buffer }[] = [];
  const originIndexes = new Map<string, number>();
  let records = Buffer.allocUnsafeSlow(expected.bytes + expected.count * (recordHeadBytes + leafHeadBytes));
  let hashes = Buffer.allocUnsafeSlow(Math.max(1, expected.count) * hashBytes);
  let length = 0;
  let recordCount = 0;
  let firstReceivedUs: number | null = null;
  let lastReceivedUs: number | null = null;

  return {
    addOrigin(json) {
      const digest = sha256(json);
      const key = digest.toString('latin1');
      const known = originIndexes.get(key);
      if (known !== undefined) return known;
      origins.push({ json: Buffer.from(json), digest });
      originIndexes.set(key, origins.length - 1);
      return origins.length - 1;
    },

    addRecord({ originIndex, flags, receivedAtUs, sequence, notes, record }) {
      const origin = origins[originIndex];
      if (origin === undefined) throw new RangeError('the record names an origin that was not added');
      const notesLength = notes === null ? 0 : notes.length;
      if (notesLength > maxNotesBytes) throw new RangeError('the notes of a record exceed 65535 bytes');
      const leafLength = leafHeadBytes + notesLength + record.length;
      const end = length + recordHeadBytes + leafLength;
      if (end > records.length) records = enlarge(records, { used: length, needed: end });
      const leaf = length + recordHeadBytes;
      records.writeUInt32BE(originIndex, length);
      records.writeUInt32BE(leafLength, length + 4);
      records[leaf] = 0x00;
      records[leaf + leafOffsets.flags] =
        notesLength === 0 ? flags & ~recordFlags.hasNotes & 0xff : (flags | recordFlags.hasNotes) & 0xff;
      records.set(origin.digest, leaf + leafOffsets.originDigest);
      writeMicroseconds(records, leaf + leafOffsets.receivedAtUs, receivedAtUs);
      records.writeUInt32BE(sequence, leaf + leafOffsets.sequence);
      records.writeUInt16BE(notesLength, leaf + leafOffsets.notesLength);
      if (notes !== null) records.set(notes, leaf + leafHeadBytes);
      records.set(record, leaf + leafHeadBytes + notesLength);
      const hash = recordCount * hashBytes;
      if (hash === hashes.length) hashes = enlarge(hashes, { used: hash, needed: hash + hashBytes });
      writeSha256(records.subarray(leaf, end), hashes, hash);
      if (firstReceivedUs === null || receivedAtUs < firstReceivedUs) firstReceivedUs = receivedAtUs;
      if (lastReceivedUs === null || receivedAtUs > lastReceivedUs) lastReceivedUs = receivedAtUs;
      length = end;
      recordCount++;
    },

    get recordCount() {
      return recordCount;
    },

    finish() {
      const parts: Uint8Array[] = [uint32(origins.length)];
      for (const { json } of origins) parts.push(uint32(json.length), json);
      const leafHashes = hashes.subarray(0, recordCount * hashBytes);
      parts.push(uint32(recordCount), records.subarray(0, length), marksOf(leafHashes));
      const payload = Buffer.concat(parts);
      // Some megabytes outside of the heap, which would have the collector search all of it.
      records.buffer.transfer(0);
      return { payload, leafHashes, recordCount, firstReceivedUs, lastReceivedUs };
    },
  };
}

function enlarge(buffer: Buffer, sizes: { used: number; needed: number }): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(Math.max(sizes.needed, buffer.length * 2));
  buffer.copy(larger, 0, 0, sizes.used);
  return larger;
}

/** An unsigned 64-bit value from an exact integer, without a BigInt per record. */
function writeMicroseconds(target: Buffer, offset: number, microseconds: number): void {
  if (!Number.isSafeInteger(microseconds)) throw new RangeError('a receive time is a whole number of microseconds');
  target.writeUInt32BE(Math.floor(microseconds / 0x1_0000_0000), offset);
  target.writeUInt32BE(microseconds % 0x1_0000_0000, offset + 4);
}

function marksOf(leafHashes: Buffer): Buffer {
  const marks = Buffer.allocUnsafe(leafHashes.length / (hashBytes / 2));
  for (let from = 0, to = 0; from < leafHashes.length; from += hashBytes, to += 2)
    leafHashes.copy(marks, to, from, from + 2);
  return marks;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}
