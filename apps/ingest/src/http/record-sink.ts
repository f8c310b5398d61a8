import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { recordContinues, recordHasMore, RecordListBuilder, releaseRecords, type RecordList } from '@akashi/inbox';
import { lookAheadBytes, partEnd } from '@akashi/line-text';
import { AppError } from '@akashi/server-kit';
import { maxRecordBytes } from '../landing/landing.ts';
import { tooLarge } from './decode-body.ts';
import { httpLimits } from './http-limits.ts';

/** A body begins small, whatever length it declares, and grows with what arrives. */
const firstBytes = 16 * 1024;
/** A line may end in a CR that does not belong to it; a part is cut only when more than that follows. */
const maxTrailing = 1;

/** What is moved in one turn of the event loop when a large body's records are put together: less than a millisecond. */
const chunkBytes = 1024 * 1024;
const prefixBytes = 5;

/**
 * The records of one body, bytes unchanged. They are collected in chunks: a list that doubles would copy tens of megabytes
 * while everybody waits.
 */
export class RecordSink {
  readonly #chunks: RecordList[] = [];
  #builder = new RecordListBuilder({ maxRecordBytes, sizeHint: firstBytes });
  #countBefore = 0;

  get count(): number {
    return this.#countBefore + this.#builder.count;
  }

  add(source: Buffer, start: number, end: number): void {
    if (start === end) return;
    this.#prepare();
    this.#builder.add(source, start, end);
  }

  addPart(source: Buffer, part: { start: number; end: number; flags: number }): void {
    this.#prepare();
    this.#builder.addPart(source, part);
  }

  /** All records, in lists of about a mebibyte. */
  lists(): RecordList[] {
    return [...this.#chunks, this.#builder.finish()];
  }

  /** All records as one list; the sink is of no use after that. */
  async finish(): Promise<RecordList> {
    if (this.#chunks.length === 0) return this.#builder.finish();
    const chunks = this.lists();
    const encoded = Buffer.allocUnsafeSlow(chunks.reduce((sum, chunk) => sum + chunk.encoded.length, 0));
    let at = 0;
    let recordBytes = 0;
    for (const chunk of chunks) {
      at += chunk.encoded.copy(encoded, at);
      recordBytes += chunk.recordBytes;
      releaseRecords(chunk);
      await setImmediate();
    }
    return { count: this.count, recordBytes, encoded };
  }

  /** For what is refused: megabytes that are left to the collector would have it walk through the heap again and again. */
  release(): void {
    this.lists().forEach(releaseRecords);
  }

  #prepare(): void {
    if (this.count >= httpLimits.records) throw tooLarge('records', httpLimits.records);
    if (this.#builder.recordBytes + prefixBytes * this.#builder.count < chunkBytes) return;
    this.#countBefore += this.#builder.count;
    this.#chunks.push(this.#builder.finish());
    this.#builder = new RecordListBuilder({ maxRecordBytes, sizeHint: chunkBytes + maxRecordBytes });
  }
}

/**
 * What is there of a record whose end has not come yet. One that becomes longer than `wholeBytes` is handed on in parts
 * while it comes, marked as parts of one line, so that no sender decides how much is held.
 */
export class GrowingRecord {
  readonly #sink: RecordSink;
  readonly #wholeBytes: number;
  #buffer = Buffer.alloc(0);
  #length = 0;
  #isLong = false;
  #continues = false;

  constructor(sink: RecordSink, wholeBytes: number) {
    this.#sink = sink;
    this.#wholeBytes = wholeBytes;
  }

  get isEmpty(): boolean {
    return this.#length === 0 && !this.#isLong;
  }

  /** It is longer than what is taken as a whole. */
  get isLong(): boolean {
    return this.#isLong;
  }

  /** What of it is held; valid until the next call. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  append(source: Buffer, from: number, to: number): void {
    const needed = this.#length + to - from;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2, 4096));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    source.copy(this.#buffer, this.#length, from, to);
    this.#length = needed;
    this.#isLong ||= needed > this.#wholeBytes + maxTrailing;
    if (this.#isLong) this.#handOn(maxRecordBytes + maxTrailing + lookAheadBytes);
  }

  /** The long record is over; `withoutEnd` bytes at its end do not belong to it. */
  endLong(withoutEnd: number): void {
    this.#length -= withoutEnd;
    this.#handOn(0);
    this.clear();
  }

  clear(): void {
    this.#length = 0;
    this.#isLong = false;
    this.#continues = false;
  }

  /** Hands parts on until at most `rest` bytes are left; with 0 the last of them ends the record. */
  #handOn(rest: number): void {
    let at = 0;
    while (this.#length - at > rest) {
      const end = partEnd(this.#buffer, { start: at, end: this.#length, maxBytes: maxRecordBytes });
      const hasMore = end < this.#length || rest > 0;
      const flags = (this.#continues ? recordContinues : 0) | (hasMore ? recordHasMore : 0);
      this.#sink.addPart(this.#buffer, { start: at, end, flags });
      this.#continues = true;
      at = end;
    }
    this.#buffer.copyWithin(0, at, this.#length);
    this.#length -= at;
  }
}

const openBrace = 0x7b;
const quote = 0x22;

/** Where an element stands: `line` from 1 or `record` from 0, and its `offset` in bytes of the decoded body. */
export type ElementPlace = Readonly<Record<string, number>>;

/** An element that is not taken. */
export function badElement(reason: 'not-json' | 'not-an-object-or-string', at: ElementPlace): AppError {
  const what = reason === 'not-json' ? 'is not JSON' : 'is neither an object nor a string';
  return new AppError('body-invalid', {
    detail: `A record ${what}; nothing of the batch is kept.`,
    reason,
    position: at['offset'],
    params: at,
  });
}

/** Whether a value that begins so can be a record. */
export function mayBeRecord(firstByte: number): boolean {
  return firstByte === openBrace || firstByte === quote;
}

/**
 * Adds one JSON value, without spaces around it, as a record: an object as its own text, a string as the text that it
 * stands for. That are its very bytes unless it has escapes; a string that is no UTF-8 keeps its bytes, escapes and all.
 */
export function addJsonValue(
  { source, start, end, hasEscape }: { source: Buffer; start: number; end: number; hasEscape: boolean },
  sink: RecordSink,
): void {
  if (source[start] === openBrace) sink.add(source, start, end);
  else if (!hasEscape || !isUtf8(source.subarray(start, end))) sink.add(source, start + 1, end - 1);
  else {
    const text = Buffer.from(String(JSON.parse(source.toString('utf8', start, end))));
    sink.add(text, 0, text.length);
  }
}
