import { recordContinues, recordHasMore } from '@akashi/inbox';
import { lookAheadBytes, partEnd } from '@akashi/line-text';
import { CountChain } from './count-chain.ts';
import { readFrameStart } from './frame-start.ts';
import type { LineRoom } from './line-room.ts';

/** Receives each message, or part of an over-long one, as a range of a buffer that is reused after the call. */
export type OnRecord = (source: Buffer, part: { start: number; end: number; flags: number }) => void;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nul = 0x00;

/** A message may end in CR, LF and NUL that do not belong to it; a part is cut only when more than these follow. */
const maxTrailing = 3;

/** So many parts of a message are kept back until its end, so that they come together and are masked as one text. */
const partsKeptBack = 4;

type Frame =
  | { kind: 'start' }
  | { kind: 'line'; continues: boolean; endsAtNul: boolean; chain: CountChain | undefined }
  | { kind: 'counted'; left: number; continues: boolean };

/**
 * Cuts a TCP stream into syslog messages (RFC 6587). Each frame says by itself which framing it has: one that begins with
 * an octet count is as long as that, anything else is a line that ends in LF, or in NUL if it begins as a syslog message.
 * So a sender may use either, and a wrong count costs no more than the frame it stood in.
 *
 * Some senders leave the priority out, and then `12 hello world` may be text or a count. It is a count
 * - behind a frame that was counted (a sender does not change its framing, and RFC 6587 takes every leading digit so);
 * - if what follows proves it, see `CountChain`; until then the message waits as a line waits for its end;
 * - if nothing follows, and all that is there is counted messages: a line would have had its end.
 * It is a line when a line feed comes before that. So messages that are counted, have no priority, and hold or end in line
 * feeds are cut at these: the bytes do not say whether a line with a number before it was meant. Nor do they say where a
 * message ends whose count was wrong: it ends with the count, and the rest is read as the next frame.
 *
 * The same bytes give the same records, however they were cut into chunks. Memory: four parts of a message while there is
 * room for that, else one.
 */
export class FrameSplitter {
  readonly #maxRecordBytes: number;
  readonly #onRecord: OnRecord;
  readonly #room: LineRoom | undefined;
  #hasRoom = false;
  #buffer = Buffer.alloc(0);
  #length = 0;
  #searched = 0;
  #isFirst = true;
  /** The frame before was counted. */
  #isCounting = false;
  #frame: Frame = { kind: 'start' };

  constructor(maxRecordBytes: number, onRecord: OnRecord, room?: LineRoom) {
    this.#maxRecordBytes = maxRecordBytes;
    this.#onRecord = onRecord;
    this.#room = room;
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
    this.#takeCountedRest();
    const continues = this.#frame.kind !== 'start' && this.#frame.continues;
    this.#emit(this.#buffer, { start: 0, end: this.#length }, continues);
    this.#length = 0;
    this.#searched = 0;
    this.#frame = { kind: 'start' };
  }

  /** Takes an unfinished line as a whole one; false when there is none. The rest of a counted message still has to come. */
  endLine(): boolean {
    if (this.#frame.kind === 'counted' || !this.hasPartialFrame) return false;
    this.end();
    return true;
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
        // An empty frame, or the second of two bytes that end one.
        if (source[at] === lineFeed || source[at] === nul) {
          at += 1;
          continue;
        }
        const start = readFrameStart({ source, length }, at, { isFirst: this.#isFirst, isCounting: this.#isCounting });
        if (start === undefined) return at;
        this.#isFirst = false;
        this.#isCounting = start.kind === 'counted';
        if (start.kind === 'counted') this.#frame = { kind: 'counted', left: start.octets, continues: false };
        else {
          const chain = start.maybe === undefined ? undefined : new CountChain(start.maybe, start.at);
          this.#frame = { kind: 'line', continues: false, endsAtNul: start.hasPriority, chain };
        }
        at = start.at;
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
    const end = findLineEnd(source, { from: Math.max(at, this.#searched), to: length, endsAtNul: frame.endsAtNul });
    if (frame.chain !== undefined) {
      const bounds = { lineEnd: end, maxBytes: this.#maxRecordBytes };
      const verdict = frame.chain.follow({ source, length }, at, bounds);
      if (verdict === 'counts') return at + this.#startCounting(frame.chain);
      if (verdict === 'text') frame.chain = undefined;
    }
    if (end !== undefined) {
      this.#frame = { kind: 'start' };
      this.#emit(source, { start: at, end }, frame.continues);
      return end + 1;
    }
    this.#searched = length;
    return this.#takePart(source, at, length);
  }

  /** What began as a line is a counted message; gives the place of the message in it. */
  #startCounting({ first }: CountChain): number {
    this.#isCounting = true;
    this.#frame = { kind: 'counted', left: first.octets, continues: false };
    return first.at;
  }

  /** Nothing follows: messages that are all there with their counts are taken as such. */
  #takeCountedRest(): void {
    const frame = this.#frame;
    if (frame.kind !== 'line' || frame.chain?.isAllOf(this.#length) !== true) return;
    const at = this.#startCounting(frame.chain);
    this.#split(this.#buffer.subarray(at, this.#length), this.#length - at);
    this.#length = 0;
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
    const settled = this.#maxRecordBytes + maxTrailing + lookAheadBytes;
    if (frame.kind === 'start' || length - at <= settled) return undefined;
    if (length - at <= partsKeptBack * this.#maxRecordBytes && this.#takesRoom()) return undefined;
    this.#giveRoom();
    let next = at;
    do {
      const end = partEnd(source, { start: next, end: length, maxBytes: this.#maxRecordBytes });
      this.#onRecord(source, { start: next, end, flags: (frame.continues ? recordContinues : 0) | recordHasMore });
      frame.continues = true;
      next = end;
    } while (length - next > settled);
    return next;
  }

  #takesRoom(): boolean {
    this.#hasRoom ||= this.#room?.take(partsKeptBack * this.#maxRecordBytes) ?? false;
    return this.#hasRoom;
  }

  #giveRoom(): void {
    if (this.#hasRoom) this.#room?.give(partsKeptBack * this.#maxRecordBytes);
    this.#hasRoom = false;
  }

  #emit(source: Buffer, range: { start: number; end: number }, continuing: boolean): void {
    this.#giveRoom();
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

/** The LF, or the NUL before it, that ends a line; undefined when neither is there. */
function findLineEnd(
  source: Buffer,
  { from, to, endsAtNul }: { from: number; to: number; endsAtNul: boolean },
): number | undefined {
  const found = source.indexOf(lineFeed, from);
  const lineEnd = found >= 0 && found < to ? found : undefined;
  if (!endsAtNul) return lineEnd;
  // Only up to the LF, so that no byte is looked at more than once for every line.
  const before = source.subarray(from, lineEnd ?? to).indexOf(nul);
  return before < 0 ? lineEnd : from + before;
}

/** End of the message without at most one NUL, LF and CR that its sender appended, in the order they are met. */
export function trimEnd(source: Buffer, start: number, end: number): number {
  let at = end;
  if (at > start && source[at - 1] === nul) at -= 1;
  if (at > start && source[at - 1] === lineFeed) at -= 1;
  if (at > start && source[at - 1] === carriageReturn) at -= 1;
  return at;
}
