import { recordContinues, recordHasMore } from '@akashi/inbox';
import type { TextEncoding } from '@akashi/line-text';
import type { OnRecord } from './frame-splitter.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const unit = 2;

/**
 * Cuts a TCP stream of UTF-16 into lines. Octet counts are ASCII and cannot stand between characters of two bytes, so a
 * line feed ends each message. A line that is too long becomes parts that are marked as such. Memory: one part of a line.
 */
export class WideLineSplitter {
  readonly #encoding: TextEncoding;
  readonly #maxRecordBytes: number;
  readonly #onRecord: OnRecord;
  #held: Buffer = Buffer.alloc(0);
  #searched = 0;
  #continues = false;

  constructor(encoding: TextEncoding, maxRecordBytes: number, onRecord: OnRecord) {
    this.#encoding = encoding;
    this.#maxRecordBytes = maxRecordBytes - (maxRecordBytes % unit);
    this.#onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    let start = 0;
    let at = this.#searched;
    for (; at + unit <= bytes.length; at += unit) {
      if (this.#unitAt(bytes, at) === lineFeed) {
        this.#emitLine(bytes, start, at);
        start = at + unit;
      } else if (at - start === this.#maxRecordBytes) {
        this.#emit(bytes, { start, end: at, hasMore: true });
        start = at;
      }
    }
    this.#held = Buffer.from(bytes.subarray(start));
    this.#searched = at - start;
  }

  end(): void {
    this.#emitLine(this.#held, 0, this.#held.length);
    this.#held = Buffer.alloc(0);
    this.#searched = 0;
  }

  endLine(): boolean {
    if (!this.hasPartialFrame) return false;
    this.end();
    return true;
  }

  get hasPartialFrame(): boolean {
    return this.#held.length > 0 || this.#continues;
  }

  #unitAt(bytes: Buffer, at: number): number {
    return this.#encoding.isBigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
  }

  #emitLine(bytes: Buffer, start: number, end: number): void {
    const last = end - unit;
    const hasReturn = last >= start && this.#unitAt(bytes, last) === carriageReturn;
    this.#emit(bytes, { start, end: hasReturn ? last : end, hasMore: false });
  }

  #emit(bytes: Buffer, { start, end, hasMore }: { start: number; end: number; hasMore: boolean }): void {
    const flags = (this.#continues ? recordContinues : 0) | (hasMore ? recordHasMore : 0);
    if (end > start || this.#continues) this.#onRecord(bytes, { start, end, flags });
    this.#continues = hasMore;
  }
}
