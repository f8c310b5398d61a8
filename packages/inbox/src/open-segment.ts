import { randomUUIDv7 } from 'node:crypto';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory, syncDirectory } from '@akashi/durable-files';
import type { InboxKeys } from './read-segment.ts';
import { releaseMemory } from './release-memory.ts';
import {
  createFrameCipher,
  encodeSegmentHeader,
  newSegmentHeader,
  type FrameCipher,
  type FrameContent,
  type SegmentHeader,
} from './segment-format.ts';

/**
 * More than this is written in steps, each made durable before the next: a disk takes what it was given in order, so the
 * sync of another lane waits for a step and not for all of a large batch.
 */
const stepBytes = 4 * 1024 * 1024;

/** The crashpoints of landing, in order; a drill kills the process at one of them. */
export type LandingStep = 'landing-before-write' | 'landing-after-write' | 'landing-after-sync' | 'landing-after-ack';

/** A closed segment: what the ledger row and the job need. */
export interface SegmentInfo {
  tenantId: string;
  segmentId: string;
  retentionPolicy: string;
  path: string;
  bytes: number;
  batches: number;
  recordCount: number;
  recordBytes: number;
  firstReceivedUs: number;
  lastReceivedUs: number;
}

export interface NewOpenSegment {
  dir: string;
  keys: InboxKeys;
  tenantId: string;
  retentionPolicy: string;
  nowMs: () => number;
}

interface NewFile {
  readonly directory: string;
  readonly handle: FileHandle;
  readonly openedMs: number;
}

/** Ids begin with the time by the installation's clock (RFC 9562, version 7): what is kept by time of receipt goes by them. */
function segmentIdAt(ms: number): string {
  const time = Math.max(ms, 0).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUIDv7().slice(13)}`;
}

/** One landing segment while it is written. Its owner calls one method at a time. */
export class OpenSegment {
  readonly tenantId: string;
  readonly segmentId: string;
  readonly retentionPolicy: string;
  readonly openedMs: number;
  readonly receiptLines: Buffer[] = [];
  /** Length of the file up to which everything is on durable storage. */
  durableBytes = 0;
  plainBytes = 0;
  batches = 0;
  recordCount = 0;
  recordBytes = 0;
  firstReceivedUs = 0;
  lastReceivedUs = 0;
  readonly #directory: string;
  readonly #handle: FileHandle;
  readonly #cipher: FrameCipher;
  #header: Buffer | undefined;
  #writtenBytes = 0;
  /** Length of the file when zeros were written ahead of the frames. */
  #preparedBytes = 0;
  #isRenamed = false;
  /** Whether what stands behind the acknowledged bytes is still to be taken away for good. */
  #hasTail = false;

  static async create({ dir, keys, tenantId, retentionPolicy, nowMs }: NewOpenSegment): Promise<OpenSegment> {
    const { id, key } = keys.forTenant(tenantId).inboxKey();
    const openedMs = nowMs();
    const header = newSegmentHeader({ tenantId, segmentId: segmentIdAt(openedMs), keyId: id, retentionPolicy });
    const directory = join(dir, tenantId);
    await makeDirectory(directory);
    const handle = await open(join(directory, `${header.segmentId}.open`), 'wx', 0o600);
    return new OpenSegment({ directory, handle, openedMs }, header, createFrameCipher(header, key));
  }

  private constructor(file: NewFile, header: SegmentHeader, cipher: FrameCipher) {
    this.openedMs = file.openedMs;
    this.#directory = file.directory;
    this.#handle = file.handle;
    this.#header = encodeSegmentHeader(header);
    this.#cipher = cipher;
    this.tenantId = header.tenantId;
    this.segmentId = header.segmentId;
    this.retentionPolicy = header.retentionPolicy;
  }

  /**
   * Makes the file's header and name durable before the first frame comes, so that no sender waits for either. So many
   * zeros behind it give the frames blocks that have been written before: the sync of a frame then waits neither for
   * blocks to be found nor for a file's length, which the kernel may leave to a thread of its own that waits for the
   * processor. Called at most once and before any commit; when it throws, the segment is of no use.
   */
  async prepare(zeroBytes: number): Promise<void> {
    if (this.#header === undefined) return;
    await this.#writeAll([this.#header]);
    if (zeroBytes > 0) {
      const { bytesWritten } = await this.#handle.write(Buffer.alloc(zeroBytes), 0, zeroBytes, this.#writtenBytes);
      this.#preparedBytes = this.#writtenBytes + bytesWritten;
    }
    await this.#handle.datasync();
    await syncDirectory(this.#directory);
    this.#header = undefined;
  }

  /**
   * Writes frames and makes them durable with one fdatasync; they count as accepted only when this resolves. When it
   * throws, nothing may be written to this segment again: after a failed fsync the kernel may have dropped the pages
   * and say "success" the next time.
   */
  async commit(frames: readonly FrameContent[], onStep: (step: LandingStep) => void): Promise<number> {
    const parts: Buffer[] = [];
    const isNew = this.#header !== undefined;
    if (this.#header !== undefined) parts.push(this.#header);
    for (const frame of frames) await this.#cipher.seal(frame, parts);
    onStep('landing-before-write');
    if (frames.length > 1) await this.#dropZeros();
    await this.#writeAll(parts);
    parts.forEach(releaseMemory);
    onStep('landing-after-write');
    await this.#handle.datasync();
    if (isNew) await syncDirectory(this.#directory);
    onStep('landing-after-sync');
    this.#header = undefined;
    const grown = this.#writtenBytes - this.durableBytes;
    this.durableBytes = this.#writtenBytes;
    for (const frame of frames) this.#count(frame);
    return grown;
  }

  /** Closes the file under its final name. Receipts must be durable before. */
  async publish(): Promise<SegmentInfo> {
    const path = join(this.#directory, `${this.segmentId}.segment`);
    if (this.#hasTail) await this.#cutTail();
    // Zeros behind the frames mean nothing to a reader: this length need not be durable.
    else await this.#dropZeros();
    // Called again after a fault: what was renamed before has its name, and only the directory is still to be synced.
    if (!this.#isRenamed) await rename(join(this.#directory, `${this.segmentId}.open`), path);
    this.#isRenamed = true;
    await syncDirectory(this.#directory);
    await this.#handle.close();
    return {
      tenantId: this.tenantId,
      segmentId: this.segmentId,
      retentionPolicy: this.retentionPolicy,
      path,
      bytes: this.durableBytes,
      batches: this.batches,
      recordCount: this.recordCount,
      recordBytes: this.recordBytes,
      firstReceivedUs: this.firstReceivedUs,
      lastReceivedUs: this.lastReceivedUs,
    };
  }

  /**
   * After a failed commit, or when no frame came: takes away what was not acknowledged, so that a sender's repetition does not stand twice.
   * Says whether acknowledged frames remain, which must go on to be published.
   */
  async cutBack(): Promise<'frames-remain' | 'removed'> {
    if (this.durableBytes > 0) {
      this.#hasTail = true;
      await this.#cutTail();
      return 'frames-remain';
    }
    await this.#handle.close();
    // Not synced here: the repetition goes to a new file, whose name is made durable in the same directory before it counts.
    await unlink(join(this.#directory, `${this.segmentId}.open`));
    return 'removed';
  }

  /**
   * Of several frames that are written over zeros, a power cut may leave the second without the first, which would look
   * like damage. At the end of a file it leaves a beginning of what was written.
   */
  async #dropZeros(): Promise<void> {
    if (this.#preparedBytes <= this.#writtenBytes) return;
    await this.#handle.truncate(this.#writtenBytes);
    this.#preparedBytes = 0;
  }

  /** The disk may have the tail already, although it refused it: a length that is not durable would bring it back. */
  async #cutTail(): Promise<void> {
    await this.#handle.truncate(this.durableBytes);
    await this.#handle.datasync();
    this.#hasTail = false;
  }

  async #writeAll(parts: Buffer[]): Promise<void> {
    let rest = parts;
    let unsyncedBytes = 0;
    while (rest.length > 0) {
      if (unsyncedBytes >= stepBytes) {
        await this.#handle.datasync();
        unsyncedBytes = 0;
      }
      const { bytesWritten } = await this.#handle.writev(firstStep(rest), this.#writtenBytes);
      this.#writtenBytes += bytesWritten;
      unsyncedBytes += bytesWritten;
      rest = dropWritten(rest, bytesWritten);
    }
  }

  #count(frame: FrameContent): void {
    if (this.batches === 0) this.firstReceivedUs = frame.receivedAtUs;
    this.batches += 1;
    this.lastReceivedUs = Math.max(this.lastReceivedUs, frame.receivedAtUs);
    this.recordCount += frame.records.count;
    this.recordBytes += frame.records.recordBytes;
    this.plainBytes += frame.records.encoded.length + frame.origin.length;
    if (frame.receiptLine.length > 0) this.receiptLines.push(frame.receiptLine);
  }
}

/** As many parts as one write takes, and no more bytes than a step (parts are a mebibyte at most). */
function firstStep(parts: readonly Buffer[]): Buffer[] {
  let bytes = 0;
  const end = parts.findIndex((part) => (bytes += part.length) > stepBytes);
  return parts.slice(0, Math.min(1024, end < 0 ? parts.length : Math.max(1, end)));
}

function dropWritten(parts: readonly Buffer[], written: number): Buffer[] {
  let left = written;
  for (const [index, part] of parts.entries()) {
    if (left < part.length) return [part.subarray(left), ...parts.slice(index + 1)];
    left -= part.length;
  }
  return [];
}
