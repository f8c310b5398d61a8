/**
 * Reads the records of a block: its payload in version 1, what follows the segment table in version 2. The reader is strict: every length must fit, every origin index must exist, no byte may
 * be left over. Whoever reads is expected to have authenticated the payload; the bounds hold for any bytes all the same.
 */
import { leafHeadBytes, leafOffsets, recordFlags } from './sealed-record.ts';
import { sha256 } from './sha256.ts';

/** What stands where the length of a removed record was; its leaf hash and its receive time follow. */
export const removedLength = 0xffffffff;
const hashBytes = 32;
const removedBytes = hashBytes + 8;

/** What readers find in the place of a record that was removed. */
const removedText = Buffer.from('akashi: this record was removed by a tombstone', 'latin1');
const nothing = Buffer.alloc(0);

/** One record of a block. Buffers are views into the payload, not copies. */
export interface BlockRecord {
  /** Position in the block. */
  leaf: number;
  originIndex: number;
  flags: number;
  receivedAtUs: number;
  sequence: number;
  /** Masking notes as JSON; empty when there are none. */
  notes: Buffer;
  /** The masked record. */
  record: Buffer;
  /** What was hashed, leaf prefix included: SHA-256 of it is the leaf hash. Of a removed record what took its place. */
  leafBytes: Buffer;
  /** It was removed by a tombstone: a text that says so stands in its place, so that positions stay what they are. */
  isRemoved: boolean;
}

export type BlockFormatCode = 'truncated' | 'unknown-origin' | 'bad-leaf' | 'trailing-bytes';

/** The payload does not follow the block format; `leaf` is the record that could not be read, when it is known. */
export class BlockFormatError extends Error {
  override readonly name = 'BlockFormatError';
  readonly code: BlockFormatCode;
  readonly leaf: number | null;

  constructor(code: BlockFormatCode, leaf: number | null = null) {
    super(`block payload: ${code}`);
    this.code = code;
    this.leaf = leaf;
  }
}

/** The origins of the block, as JSON bytes, in the order of `originIndex`. */
export function readBlockOrigins(payload: Uint8Array): Buffer[] {
  return readOrigins(asBuffer(payload)).origins;
}

/** Where the parts of a payload lie. */
export interface PayloadLayout {
  buffer: Buffer;
  origins: Buffer[];
  recordCount: number;
  /** First byte of the records. */
  recordsStart: number;
  /** First byte of the marks, which end the payload. */
  marksStart: number;
}

/** Throws a BlockFormatError when origins and counts do not fit into the payload; records are not looked at. */
export function readPayloadLayout(payload: Uint8Array): PayloadLayout {
  const buffer = asBuffer(payload);
  const { origins, end } = readOrigins(buffer);
  const recordCount = uint32At(buffer, end);
  const recordsStart = end + 4;
  const marksStart = buffer.length - recordCount * 2;
  if (marksStart < recordsStart) throw new BlockFormatError('truncated');
  return { buffer, origins, recordCount, recordsStart, marksStart };
}

/** Where reading goes on in a payload: the next record's position in the block, and where it begins. */
export interface RecordPlace {
  readonly leaf: number;
  readonly offset: number;
}

/**
 * The records in their sealed order, from a place on that `placeAfter` gave. Throws a BlockFormatError at the first one
 * that cannot be read.
 */
export function* readBlockRecords(payload: Uint8Array, from?: RecordPlace): Generator<BlockRecord, void, undefined> {
  const cursor = openLeafCursor(payload, from);
  const { buffer } = cursor;
  while (cursor.next()) {
    const { leaf, originIndex, start, end, isRemoved } = cursor;
    if (isRemoved) {
      const receivedAtUs = receivedAtUsOf(cursor);
      const leafBytes = buffer.subarray(start, end);
      const removed = { flags: 0, receivedAtUs, sequence: 0, notes: nothing, record: removedText, leafBytes };
      yield { leaf, originIndex, ...removed, isRemoved };
      continue;
    }
    const notesEnd = start + leafHeadBytes + buffer.readUInt16BE(start + leafOffsets.notesLength);
    yield {
      leaf,
      originIndex,
      flags: buffer.readUInt8(start + leafOffsets.flags),
      receivedAtUs: receivedAtUsOf(cursor),
      sequence: buffer.readUInt32BE(start + leafOffsets.sequence),
      notes: buffer.subarray(start + leafHeadBytes, notesEnd),
      record: buffer.subarray(notesEnd, end),
      leafBytes: buffer.subarray(start, end),
      isRemoved,
    };
  }
}

/** The place after a record of this payload. */
export function placeAfter(payload: Uint8Array, { leaf, leafBytes }: BlockRecord): RecordPlace {
  return { leaf: leaf + 1, offset: leafBytes.byteOffset + leafBytes.length - payload.byteOffset };
}

/** Stands on one record after the other without making anything of it: for reading tens of thousands in a row. */
export interface LeafCursor {
  readonly buffer: Buffer;
  readonly origins: readonly Buffer[];
  /** How many records the payload says it holds. */
  readonly recordCount: number;
  readonly leaf: number;
  readonly originIndex: number;
  /** Where the bytes that were hashed begin and end in the buffer. */
  readonly start: number;
  readonly end: number;
  /** The record was removed: what stands there is its leaf hash. */
  readonly isRemoved: boolean;
  /** Goes to the next record; false after the last. Throws a BlockFormatError for one that cannot be read. */
  next(): boolean;
}

/**
 * A cursor before the first record, or before the one at a place. Throws a BlockFormatError when the origins cannot be
 * read.
 */
export function openLeafCursor(payload: Uint8Array, from?: RecordPlace): LeafCursor {
  const buffer = asBuffer(payload);
  const { origins, end: originsEnd } = readOrigins(buffer);
  const recordCount = uint32At(buffer, originsEnd);
  const originCount = origins.length;
  const size = buffer.length;
  let offset = from?.offset ?? originsEnd + 4;
  const cursor = {
    buffer,
    origins,
    recordCount,
    leaf: (from?.leaf ?? 0) - 1,
    originIndex: 0,
    start: offset,
    end: offset,
    isRemoved: false,
    next,
  };

  function next(): boolean {
    const leaf = cursor.leaf + 1;
    if (leaf >= recordCount) {
      if (offset + recordCount * 2 > size) throw new BlockFormatError('truncated');
      if (offset + recordCount * 2 < size) throw new BlockFormatError('trailing-bytes');
      return false;
    }
    const start = offset + 8;
    if (start + removedBytes > size) throw new BlockFormatError('truncated', leaf);
    const originIndex = buffer.readUInt32BE(offset);
    const length = buffer.readUInt32BE(offset + 4);
    const isRemoved = length === removedLength;
    const end = start + (isRemoved ? removedBytes : length);
    if (end > size || (!isRemoved && start + leafHeadBytes > size)) throw new BlockFormatError('truncated', leaf);
    if (originIndex >= originCount) throw new BlockFormatError('unknown-origin', leaf);
    if (!isRemoved) checkLeaf(leaf, start, end);
    cursor.isRemoved = isRemoved;
    cursor.leaf = leaf;
    cursor.originIndex = originIndex;
    cursor.start = start;
    cursor.end = end;
    offset = end;
    return true;
  }

  function checkLeaf(leaf: number, start: number, end: number): void {
    const notesLength = buffer.readUInt16BE(start + leafOffsets.notesLength);
    const hasNotes = ((buffer[start + leafOffsets.flags] ?? 0) & recordFlags.hasNotes) !== 0;
    if (buffer[start] !== 0x00 || start + leafHeadBytes + notesLength > end || hasNotes !== notesLength > 0) {
      throw new BlockFormatError('bad-leaf', leaf);
    }
  }

  return cursor;
}

/** Receive time of the record that the cursor stands on. */
export function receivedAtUsOf({ buffer, start, isRemoved }: LeafCursor): number {
  const offset = start + (isRemoved ? hashBytes : leafOffsets.receivedAtUs);
  return buffer.readUInt32BE(offset) * 0x1_0000_0000 + buffer.readUInt32BE(offset + 4);
}

/** The leaf hash of the record that the cursor stands on, removed or not. */
export function leafHashAt({ buffer, start, end, isRemoved }: LeafCursor): Buffer {
  const bytes = buffer.subarray(start, end);
  return isRemoved ? Buffer.from(bytes.subarray(0, hashBytes)) : sha256(bytes);
}

/** Positions of the removed records, ascending. */
export function removedPositions(payload: Uint8Array): number[] {
  const cursor = openLeafCursor(payload);
  const removed: number[] = [];
  while (cursor.next()) if (cursor.isRemoved) removed.push(cursor.leaf);
  return removed;
}

function readOrigins(buffer: Buffer): { origins: Buffer[]; end: number } {
  const count = uint32At(buffer, 0);
  const origins: Buffer[] = [];
  let offset = 4;
  for (let index = 0; index < count; index++) {
    const start = offset + 4;
    const end = start + uint32At(buffer, offset);
    if (end > buffer.length) throw new BlockFormatError('truncated');
    origins.push(buffer.subarray(start, end));
    offset = end;
  }
  return { origins, end: offset };
}

function uint32At(buffer: Buffer, offset: number): number {
  if (offset + 4 > buffer.length) throw new BlockFormatError('truncated');
  return buffer.readUInt32BE(offset);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
