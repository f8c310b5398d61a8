import { partEnd } from '@akashi/line-text';
import { releaseMemory } from './release-memory.ts';

/** The record is a later part of a line that was too long for one record. */
export const recordContinues = 0x01;
/** More parts of the same line follow in the next record. */
export const recordHasMore = 0x02;

const prefixLength = 5;

/** Records in the form that a landing frame holds them: per record u8 flags, u32be length, bytes. */
export interface RecordList {
  readonly count: number;
  /** Sum of the records' own lengths. */
  readonly recordBytes: number;
  readonly encoded: Buffer;
}

/** Marks the first record as going on an earlier batch's line, and the last as one whose line goes on in a later batch. */
export function markOpenEnds({ encoded }: RecordList, ends: { continues: boolean; more: boolean }): void {
  if (encoded.length === 0) return;
  if (ends.continues) encoded[0] = (encoded[0] ?? 0) | recordContinues;
  if (!ends.more) return;
  let last = 0;
  for (let at = 0; at < encoded.length; at += prefixLength + encoded.readUInt32BE(at + 1)) last = at;
  encoded[last] = (encoded[last] ?? 0) | recordHasMore;
}

/** Gives the memory of a list back that came from a builder and that nobody reads any more. */
export function releaseRecords({ encoded: { buffer } }: RecordList): void {
  releaseMemory(new Uint8Array(buffer));
}

/**
 * Collects the records of one batch. `add` copies the bytes, so the caller may reuse its buffer at once; a line longer
 * than `maxRecordBytes` becomes several records that are marked as parts of one line, and nothing is cut off.
 */
export class RecordListBuilder {
  #buffer: Buffer;
  #length = 0;
  #count = 0;
  #recordBytes = 0;
  readonly #maxRecordBytes: number;

  constructor(settings: { maxRecordBytes: number; sizeHint?: number }) {
    this.#maxRecordBytes = settings.maxRecordBytes;
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(1024, settings.sizeHint ?? 0));
  }

  get count(): number {
    return this.#count;
  }

  get recordBytes(): number {
    return this.#recordBytes;
  }

  add(source: Buffer, start: number, end: number): void {
    if (end - start <= this.#maxRecordBytes) {
      this.addPart(source, { start, end, flags: 0 });
      return;
    }
    for (let at = start, flags = recordHasMore; at < end; flags = recordContinues | recordHasMore) {
      const next = partEnd(source, { start: at, end, maxBytes: this.#maxRecordBytes });
      this.addPart(source, { start: at, end: next, flags: next === end ? flags & ~recordHasMore : flags });
      at = next;
    }
  }

  /** Adds a record as it is, for a caller that splits long lines itself while they are still arriving. */
  addPart(source: Buffer, part: { start: number; end: number; flags: number }): void {
    const length = part.end - part.start;
    const at = this.#length;
    const needed = at + prefixLength + length;
    if (needed > this.#buffer.length) this.#grow(needed);
    const target = this.#buffer;
    target[at] = part.flags;
    target[at + 1] = length >>> 24;
    target[at + 2] = length >>> 16;
    target[at + 3] = length >>> 8;
    target[at + 4] = length;
    source.copy(target, at + prefixLength, part.start, part.end);
    this.#length = needed;
    this.#count += 1;
    this.#recordBytes += length;
  }

  finish(): RecordList {
    return {
      count: this.#count,
      recordBytes: this.#recordBytes,
      encoded: this.#buffer.subarray(0, this.#length),
    };
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}

export interface LandedRecord {
  flags: number;
  /** A view into the decrypted frame: valid as long as somebody holds it, no copy made. */
  bytes: Buffer;
}

/** Walks encoded records without copying. */
export function* iterateRecords(encoded: Buffer): Generator<LandedRecord> {
  for (let at = 0; at < encoded.length;) {
    const start = at + prefixLength;
    const end = start + encoded.readUInt32BE(at + 1);
    yield { flags: encoded[at] ?? 0, bytes: encoded.subarray(start, end) };
    at = end;
  }
}
