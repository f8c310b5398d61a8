import { partEnd, recordContinues, recordHasMore } from '@akashi/archive';

/** Receives each message, or part of an over-long one, as a range of a buffer that is reused after the call. */
export type OnRecord = (source: Buffer, part: { start: number; end: number; flags: number }) => void;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nul = 0x00;
const space = 0x20;
const lessThan = 0x3c;
const zero = 0x30;
const nine = 0x39;

/** Digits of an octet count: nobody sends messages of 10 MB and more, so a longer number is text. */
const maxCountDigits = 7;
/** A message may end in CR, LF and NUL that do not belong to it; a part is cut only when more than these follow. */
const maxTrailing = 3;

type Frame =
  { kind: 'start' } | { kind: 'line'; continues: boolean } | { kind: 'counted'; left: number; continues: boolean };

/**
 * Cuts a TCP stream into syslog messages (RFC 6587). Each frame says by itself which framing it has: an octet count is
 * digits, a space and "<" (RFC 6587 section 3.4.1 lets a counted message begin with nothing else), anything else is a line
 * that ends in LF. So a sender may use either, and a wrong count costs no more than the frame it stood in.
 *
 * The same bytes give the same records, however they were cut into chunks. Memory: one part of a message.
 */
export class FrameSplitter {
  readonly #maxRecordBytes: number;
  readonly #onRecord: OnRecord;
  #buffer = Buffer.alloc(0);
  #length = 0;
  #searched = 0;
  #frame: Frame = { kind: 'start' };

  constructor(maxRecordBytes: number, onRecord: OnRecord) {
    this.#maxRecordBytes = maxRecordBytes;
    this.#onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    if (this.#length === 0) {
      const used = this.#split(chunk, chunk.length);
      this.#append(chunk.subarray(used));
      this.#searched = Math.max(0, this.#searched - used);
      return;
    }
    this.#append(chunk);
    const used = this.#split(this.#buffer, this.#length);
    if (used > 0) this.#buffer.copyWithin(0, used, this.#length);
    this.#length -= used;
    this.#searched = Math.max(0, this.#searched - used);
  }

  /** The connection ended: what is there of an unfinished message is a record too. */
  end(): void {
    const continues = this.#frame.kind !== 'start' && this.#frame.continues;
    this.#emit(this.#buffer, { start: 0, end: this.#length }, continues);
    this.#length = 0;
    this.#searched = 0;
    this.#frame = { kind: 'start' };
  }

  get hasPartialFrame(): boolean {
    return this.#length > 0 || this.#frame.kind !== 'start';
  }

  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2, 4096));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    chunk.copy(this.#buffer, this.#length);
    this.#length = needed;
  }

  /** Emits every whole message of `source` and answers how many bytes are done with. */
  #split(source: Buffer, length: number): number {
    let at = 0;
    while (at < length) {
      if (this.#frame.kind === 'start') {
        const count = readCount(source, at, length);
        if (count === 'undecided') return at;
        if (count === undefined) {
          this.#frame = { kind: 'line', continues: false };
        } else {
          this.#frame = { kind: 'counted', left: count.value, continues: false };
          at = count.end;
        }
        this.#searched = at;
      }
      const next =
        this.#frame.kind === 'line' ? this.#takeLine(source, at, length) : this.#takeCounted(source, at, length);
      if (next === undefined) return at;
      at = next;
    }
    return at;
  }

  /** Where the next frame (or part) begins, or undefined when more bytes are needed. */
  #takeLine(source: Buffer, at: number, length: number): number | undefined {
    const frame = this.#frame;
    if (frame.kind !== 'line') return undefined;
    const found = source.indexOf(lineFeed, Math.max(at, this.#searched));
    if (found >= 0 && found < length) {
      this.#frame = { kind: 'start' };
      this.#emit(source, { start: at, end: found }, frame.continues);
      return found + 1;
    }
    this.#searched = length;
    return this.#takePart(source, at, length);
  }

  #takeCounted(source: Buffer, at: number, length: number): number | undefined {
    const frame = this.#frame;
    if (frame.kind !== 'counted') return undefined;
    if (length - at >= frame.left) {
      this.#frame = { kind: 'start' };
      this.#emit(source, { start: at, end: at + frame.left }, frame.continues);
      return at + frame.left;
    }
    const next = this.#takePart(source, at, length);
    if (next !== undefined) frame.left -= next - at;
    return next;
  }

  #takePart(source: Buffer, at: number, length: number): number | undefined {
    const frame = this.#frame;
    if (frame.kind === 'start' || length - at <= this.#maxRecordBytes + maxTrailing) return undefined;
    const end = partEnd(source, { start: at, end: length, maxBytes: this.#maxRecordBytes });
    this.#onRecord(source, { start: at, end, flags: (frame.continues ? recordContinues : 0) | recordHasMore });
    frame.continues = true;
    return end;
  }

  #emit(source: Buffer, range: { start: number; end: number }, continuing: boolean): void {
    const end = trimEnd(source, range.start, range.end);
    let continues = continuing;
    for (let at = range.start; at < end;) {
      const next = partEnd(source, { start: at, end, maxBytes: this.#maxRecordBytes });
      const more = next < end ? recordHasMore : 0;
      this.#onRecord(source, { start: at, end: next, flags: (continues ? recordContinues : 0) | more });
      continues = true;
      at = next;
    }
  }
}

/** End of the message without at most one NUL, LF and CR that its sender appended, in the order they are met. */
export function trimEnd(source: Buffer, start: number, end: number): number {
  let at = end;
  if (at > start && source[at - 1] === nul) at -= 1;
  if (at > start && source[at - 1] === lineFeed) at -= 1;
  if (at > start && source[at - 1] === carriageReturn) at -= 1;
  return at;
}

function readCount(
  source: Buffer,
  at: number,
  length: number,
): { value: number; end: number } | undefined | 'undecided' {
  let value = 0;
  let digits = 0;
  let cursor = at;
  for (; cursor < length && digits <= maxCountDigits; cursor += 1, digits += 1) {
    const byte = source[cursor] ?? 0;
    if (byte < zero || byte > nine) break;
    value = value * 10 + byte - zero;
  }
  if (digits > maxCountDigits || (digits > 0 && source[at] === zero)) return undefined;
  if (cursor === length) return digits === 0 ? undefined : 'undecided';
  if (digits === 0 || source[cursor] !== space) return undefined;
  if (cursor + 1 === length) return 'undecided';
  return source[cursor + 1] === lessThan ? { value, end: cursor + 1 } : undefined;
}
