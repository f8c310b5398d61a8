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
      this.#append(source.subarray(start, end), 0);
      return;
    }
    for (let at = start, flags = recordHasMore; at < end; flags = recordContinues | recordHasMore) {
      const next = this.#partEnd(source, at, end);
      this.#append(source.subarray(at, next), next === end ? flags & ~recordHasMore : flags);
      at = next;
    }
  }

  finish(): RecordList {
    return {
      count: this.#count,
      recordBytes: this.#recordBytes,
      encoded: this.#buffer.subarray(0, this.#length),
    };
  }

  /** A part ends before a UTF-8 sequence rather than within it, so that each part is text for itself. */
  #partEnd(source: Buffer, at: number, end: number): number {
    const limit = at + this.#maxRecordBytes;
    if (limit >= end) return end;
    let cut = limit;
    while (cut > limit - 4 && cut > at + 1 && ((source[cut] ?? 0) & 0xc0) === 0x80) cut -= 1;
    return ((source[cut] ?? 0) & 0xc0) === 0x80 ? limit : cut;
  }

  #append(record: Buffer, flags: number): void {
    const needed = this.#length + prefixLength + record.length;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    this.#buffer[this.#length] = flags;
    this.#buffer.writeUInt32BE(record.length, this.#length + 1);
    this.#buffer.set(record, this.#length + prefixLength);
    this.#length = needed;
    this.#count += 1;
    this.#recordBytes += record.length;
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
