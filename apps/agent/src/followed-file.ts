import { closeSync } from 'node:fs';

import { withMark, type TextEncoding } from '@akashi/line-text';

import {
  contentMatches,
  digestOf,
  headOf,
  maxTailBytes,
  noDigest,
  readRange,
  statOpen,
  type ContentMark,
  type Digest,
  type FileStat,
} from './file-identity.ts';
import type { InsideLine } from './line-splitter.ts';

/**
 * live: the file at its path. retired: renamed away, still open or found again. copy: what copytruncate left of it, read on
 * from there. gone: nothing left on disk, only bytes already read. closed: shipped to its end, kept so that it is known.
 */
export type FilePhase = 'live' | 'retired' | 'copy' | 'gone' | 'closed';

export type PendingBatch = {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly digest: string;
  /** The last record of the range was cut from its line. */
  readonly isCut?: boolean;
};

export type FileState = {
  readonly kind: 'file';
  readonly id: string;
  readonly chain: string;
  readonly source: string;
  readonly phase: FilePhase;
  readonly dev: string;
  readonly ino: string;
  readonly head: Digest;
  readonly tail: Digest;
  readonly offset: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly lastReadMs: number;
  readonly pending: PendingBatch | null;
  /** Set where `offset` stands within a line; states of earlier versions do not have it. */
  readonly inside?: InsideLine;
};

const chunkBytes = 262_144;
const longestMark = 4;

/** One file as it is being read: what was acknowledged (`offset`), and the bytes read ahead of that. */
export class FollowedFile {
  readonly id: string;
  /** The path in the configuration's eyes; the files that lived there one after the other form a chain. */
  readonly chain: string;
  source: string;
  phase: FilePhase;
  fd: number | null = null;
  dev: string;
  ino: string;
  head: Digest;
  offset: number;
  size: number;
  mtimeMs: number;
  lastReadMs: number;
  pending: PendingBatch | null;
  /** Set where the first byte of the buffer stands within a line that was shipped in part. */
  inside: InsideLine;
  /** Bytes read and not acknowledged; the first one stands at `offset`. */
  buffer: Buffer = Buffer.alloc(0);
  waitingSinceMs: number | null = null;
  grewAtMs: number;
  /** When the file was found not to be at its path any more. */
  leftAtMs: number;
  private recent: Buffer = Buffer.alloc(0);
  private firstBytes: Buffer = Buffer.alloc(0);
  private storedTail: Digest;

  constructor(state: FileState, nowMs: number) {
    this.id = state.id;
    this.chain = state.chain;
    this.source = state.source;
    this.phase = state.phase;
    this.dev = state.dev;
    this.ino = state.ino;
    this.head = state.head;
    this.offset = state.offset;
    this.size = state.size;
    this.mtimeMs = state.mtimeMs;
    this.lastReadMs = state.lastReadMs;
    this.pending = state.pending;
    this.inside = state.inside ?? null;
    this.storedTail = state.tail;
    this.grewAtMs = nowMs;
    this.leftAtMs = nowMs;
  }

  static begin(
    start: { id: string; chain: string; source: string; phase: FilePhase; offset: number },
    found: { stat: FileStat; nowMs: number },
  ): FollowedFile {
    const { stat, nowMs } = found;
    return new FollowedFile(
      {
        kind: 'file',
        ...start,
        dev: stat.dev,
        ino: stat.ino,
        head: noDigest,
        tail: noDigest,
        size: stat.size,
        mtimeMs: stat.mtimeMs,
        lastReadMs: nowMs,
        pending: null,
      },
      nowMs,
    );
  }

  get readTo(): number {
    return this.offset + this.buffer.length;
  }

  /** Bytes that are known to exist and have no receipt yet. */
  get hasUnshipped(): boolean {
    return this.buffer.length > 0 || (this.fd !== null && this.size > this.readTo);
  }

  /** What a file must contain to be this one. */
  mark(): ContentMark {
    return { head: this.head, tail: this.tailAt(this.buffer.length), position: this.readTo };
  }

  /** Goes on reading from an open file that was found to match `mark()`. */
  attach(fd: number, source: string): void {
    this.close();
    this.fd = fd;
    this.source = source;
    const stat = statOpen(fd);
    this.dev = stat.dev;
    this.ino = stat.ino;
    this.size = stat.size;
    this.mtimeMs = stat.mtimeMs;
    const length = Math.min(maxTailBytes, this.offset);
    if (this.recent.length === 0 && length > 0) this.recent = readRange(fd, { from: this.offset - length, length });
  }

  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }

  /** The encoding that the file is in: a byte order mark at its start has the last word. */
  encodingOf(configured: TextEncoding): TextEncoding {
    if (this.firstBytes.length < longestMark && this.fd !== null)
      this.firstBytes = readRange(this.fd, { from: 0, length: longestMark });
    return withMark(configured, this.firstBytes);
  }

  /** False when the open file no longer holds what was read from it: it was truncated or written anew. */
  stillHolds(): boolean {
    if (this.fd === null) return false;
    const stat = statOpen(this.fd);
    if (stat.size < this.readTo) return false;
    if (stat.size === this.size && stat.mtimeMs === this.mtimeMs) return true;
    return contentMatches(this.fd, this.mark());
  }

  /** Takes in what was written since; never holds more than `limitBytes` unacknowledged. True when something came. */
  readAhead(limitBytes: number, context: { nowMs: number; fingerprintLines: number }): boolean {
    if (this.fd === null || !this.stillHolds()) return false;
    const stat = statOpen(this.fd);
    if (stat.size !== this.size || this.head.length === 0 || stat.mtimeMs !== this.mtimeMs) {
      this.head = this.growHead(this.fd, context.fingerprintLines);
      this.grewAtMs = context.nowMs;
    }
    this.size = stat.size;
    this.mtimeMs = stat.mtimeMs;
    this.lastReadMs = context.nowMs;
    const chunks: Buffer[] = [this.buffer];
    let held = this.buffer.length;
    while (held < limitBytes && this.offset + held < stat.size) {
      const length = Math.min(chunkBytes, limitBytes - held, stat.size - this.offset - held);
      const chunk = readRange(this.fd, { from: this.offset + held, length });
      if (chunk.length === 0) break;
      chunks.push(chunk);
      held += chunk.length;
    }
    // Truncated while it was being read: what came in may be of two files, so it is read again when that is sorted out.
    if (chunks.length === 1 || statOpen(this.fd).size < this.offset + held) return false;
    this.buffer = Buffer.concat(chunks);
    this.waitingSinceMs ??= context.nowMs;
    return true;
  }

  /** The receipt for the next `length` bytes is here. */
  acknowledge({ length, after }: { length: number; after: InsideLine }, nowMs: number): void {
    this.inside = after;
    const taken = this.buffer.subarray(0, length);
    this.recent = Buffer.from(Buffer.concat([this.recent, taken.subarray(-maxTailBytes)]).subarray(-maxTailBytes));
    this.buffer = this.buffer.subarray(length);
    this.offset += length;
    this.pending = null;
    this.waitingSinceMs = this.buffer.length > 0 ? nowMs : null;
  }

  toState(): FileState {
    return {
      kind: 'file',
      id: this.id,
      chain: this.chain,
      source: this.source,
      phase: this.phase,
      dev: this.dev,
      ino: this.ino,
      head: this.head,
      tail: this.tailAt(0),
      offset: this.offset,
      size: this.size,
      mtimeMs: this.mtimeMs,
      lastReadMs: this.lastReadMs,
      pending: this.pending,
      inside: this.inside,
    };
  }

  private tailAt(bufferedBytes: number): Digest {
    if (this.recent.length === 0 && bufferedBytes === 0) return this.offset === 0 ? noDigest : this.storedTail;
    return digestOf(Buffer.concat([this.recent, this.buffer.subarray(0, bufferedBytes)]).subarray(-maxTailBytes));
  }

  private growHead(fd: number, lines: number): Digest {
    const grown = headOf(fd, lines);
    return grown.length > this.head.length ? grown : this.head;
  }
}
