import { setImmediate } from 'node:timers/promises';
import { hasErrorCode } from '@akashi/durable-files';
import type { Backlog, Refusal } from './backlog.ts';
import { OpenSegment, type LandingStep, type SegmentInfo } from './open-segment.ts';
import type { InboxKeys } from './read-segment.ts';
import type { Receipt, ReceiptBook } from './receipts.ts';
import type { RecordList } from './record-list.ts';

export interface InboxBatch {
  batchId: string;
  /** Canonical bytes of the batch origin; kept as they are. */
  origin: Buffer;
  receivedAtUs: number;
  /** The retention policy of its log group: a segment holds records of one. */
  retentionPolicy: string;
  records: RecordList;
  /** The sender's idempotency key, made unique by the caller for whatever it may be repeated within. */
  idempotencyKey?: string;
}

export type AppendOutcome =
  | { code: 'accepted'; receipt: Receipt; repeated: boolean }
  | { code: 'idempotency-conflict' }
  | { code: 'landing-failed'; retryAfterSeconds: number }
  | Refusal;

export type InboxFaultCode =
  'commit-failed' | 'cut-back-failed' | 'close-failed' | 'scan-failed' | 'receipts-unreadable';

/** Something went wrong that an operator should see; the message carries no record content. */
export type InboxFault = (fault: { code: InboxFaultCode; cause: unknown }) => void;

export interface LaneSettings {
  dir: string;
  tenantId: string;
  /** Of every record in its segments. */
  retentionPolicy: string;
  keys: InboxKeys;
  /** Where the receipts of its batches go before a segment gets its final name. */
  book: Pick<ReceiptBook, 'append'>;
  backlog: Backlog;
  rotateBytes: number;
  rotateMs: number;
  nowMs: () => number;
  onStep: (step: LandingStep) => void;
  /** So many batches came to durable storage together. */
  onCommit: (batches: number) => void;
  onClosed: (segment: SegmentInfo) => void;
  onFault: InboxFault;
}

interface Waiting {
  batch: InboxBatch;
  receiptLine: Buffer;
  answer: (outcome: AppendOutcome) => void;
}

/** More than this in one write gains nothing and makes the first of them wait. */
const maxCommitBytes = 4 * 1024 * 1024;
/** What a segment is prepared for at least, and at most: whoever brings more waits for the amount rather than for blocks. */
const smallestAheadBytes = 64 * 1024;
const largestAheadBytes = 1024 * 1024;
const closeRetryMs = 1000;

/** A segment that waited for longer than this for its first record is not used any more. */
const longestPreparedMs = 3_600_000;

/**
 * The writer lane of one retention policy of a tenant: a segment file, and group commit. While one fdatasync runs, further
 * batches collect and share the next one.
 */
export class WriterLane {
  readonly #settings: LaneSettings;
  readonly #closing = new Set<Promise<void>>();
  readonly #unpublished = new Set<OpenSegment>();
  #waiting: Waiting[] = [];
  #segment: OpenSegment | undefined;
  /** The one that comes after it, already durable by name; undefined when it could not be made. */
  #next: Promise<OpenSegment | undefined> | undefined;
  #preparedId: string | undefined;
  #rotateTimer: NodeJS.Timeout | undefined;
  #rotateDue = false;
  /** Batches come in one segment after the other, so that a successor will be wanted. */
  #isSteady = false;
  #agedAtMs = Number.NEGATIVE_INFINITY;
  /** Of the segment before this one. */
  #lastBytes = 0;
  #working: Promise<void> | undefined;
  #committingSinceMs = Number.POSITIVE_INFINITY;
  #stopped = false;
  pendingBytes = 0;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
  }

  /** For how long the commit under way has waited for the disk; none has for a negative time. */
  get committingForMs(): number {
    return performance.now() - this.#committingSinceMs;
  }

  openSegmentIds(): string[] {
    const ids = [...this.#unpublished].map((segment) => segment.segmentId);
    if (this.#preparedId !== undefined) ids.push(this.#preparedId);
    return this.#segment === undefined ? ids : [...ids, this.#segment.segmentId];
  }

  /** `receiptLine` may be empty. */
  append(batch: InboxBatch, receiptLine: Buffer): Promise<AppendOutcome> {
    this.pendingBytes += batch.records.encoded.length;
    return new Promise((answer) => {
      this.#waiting.push({ batch, receiptLine, answer });
      this.#working ??= this.#work();
    });
  }

  /** Closes the segment that is open, behind what is being committed. */
  closeSegment(): void {
    this.#rotateDue = true;
    if (this.#working === undefined) this.#rotate();
  }

  /** Waits until everything that was appended is answered and every segment is closed. */
  async close(): Promise<void> {
    this.#stopped = true;
    await this.#working;
    this.#rotate();
    await Promise.all(this.#closing);
    const unused = await this.#takeNext();
    // What cannot be removed now is found empty at the next start, and removed then.
    await unused?.cutBack().catch(() => undefined);
  }

  async #work(): Promise<void> {
    // Requests that arrive in the same turn of the event loop share the first commit too.
    await setImmediate();
    while (this.#waiting.length > 0) await this.#commit(this.#takeGroup());
    this.#working = undefined;
    if (this.#rotateDue) this.#rotate();
  }

  #takeGroup(): Waiting[] {
    let bytes = 0;
    let end = 0;
    while (end < this.#waiting.length && bytes < maxCommitBytes) {
      bytes += this.#waiting[end]?.batch.records.encoded.length ?? 0;
      end += 1;
    }
    return this.#waiting.splice(0, end);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const { backlog, onStep, onCommit, onFault, rotateBytes } = this.#settings;
    let answerOf: (waiting: Waiting) => AppendOutcome;
    this.#committingSinceMs = performance.now();
    try {
      const segment = (this.#segment ??= await this.#openSegment());
      const frames = group.map(({ batch, receiptLine }) => ({ ...batch, receiptLine }));
      backlog.grow(segment, await segment.commit(frames, onStep));
      if (segment.plainBytes >= rotateBytes) this.#rotateDue = true;
      else if (this.#isSteady || segment.plainBytes >= rotateBytes / 2) this.#next ??= this.#prepareNext();
      answerOf = ({ batch }) => ({ code: 'accepted', repeated: false, receipt: receiptOf(batch) });
      onCommit(group.length);
    } catch (cause) {
      onFault({ code: 'commit-failed', cause });
      await this.#abandon();
      const full = hasErrorCode(cause, 'ENOSPC', 'EDQUOT');
      answerOf = () => ({ code: full ? 'disk-full' : 'landing-failed', retryAfterSeconds: full ? 10 : 2 });
    }
    this.#committingSinceMs = Number.POSITIVE_INFINITY;
    for (const waiting of group) {
      this.pendingBytes -= waiting.batch.records.encoded.length;
      waiting.answer(answerOf(waiting));
    }
    if (this.#rotateDue) this.#rotate();
    // The answers go out in the microtasks of this turn; only then is "after the acknowledgement" true.
    void setImmediate().then(() => onStep('landing-after-ack'));
  }

  async #openSegment(): Promise<OpenSegment> {
    const { rotateMs } = this.#settings;
    this.#isSteady = performance.now() - this.#agedAtMs < rotateMs;
    const segment = (await this.#takeNext()) ?? (await OpenSegment.create(this.#settings));
    this.#rotateTimer = setTimeout(() => {
      this.#agedAtMs = performance.now();
      this.#rotateDue = true;
      if (this.#working === undefined) this.#rotate();
    }, rotateMs);
    return segment;
  }

  /**
   * A segment that fills up, or of a sender that does not pause, has its successor waiting: making a file and its name
   * durable takes as long as some commits, and would be waited for by every sender of that moment. A failure shows when
   * the segment is opened in the usual way.
   */
  async #prepareNext(): Promise<OpenSegment | undefined> {
    let segment: OpenSegment | undefined;
    try {
      segment = await OpenSegment.create(this.#settings);
      this.#preparedId = segment.segmentId;
      await segment.prepare(zerosAhead(this.#lastBytes));
      return segment;
    } catch {
      this.#preparedId = undefined;
      await segment?.cutBack().catch(() => undefined);
      return undefined;
    }
  }

  async #takeNext(): Promise<OpenSegment | undefined> {
    const segment = await this.#next;
    this.#next = undefined;
    this.#preparedId = undefined;
    if (segment === undefined || this.#settings.nowMs() - segment.openedMs < longestPreparedMs) return segment;
    // Its id would name another time than its records.
    await segment.cutBack();
    return undefined;
  }

  /** A failed fsync is never tried again on the same file: what was acknowledged is published, the rest is cut off. */
  async #abandon(): Promise<void> {
    const segment = this.#segment;
    if (segment === undefined) return;
    this.#detach();
    try {
      if ((await segment.cutBack()) === 'frames-remain') this.#publishLater(segment);
    } catch (cause) {
      this.#settings.onFault({ code: 'cut-back-failed', cause });
      if (segment.durableBytes > 0) this.#publishLater(segment);
    }
  }

  #rotate(): void {
    const segment = this.#segment;
    this.#detach();
    if (segment === undefined) return;
    this.#lastBytes = segment.durableBytes;
    this.#publishLater(segment);
  }

  #detach(): void {
    clearTimeout(this.#rotateTimer);
    this.#rotateDue = false;
    this.#segment = undefined;
  }

  #publishLater(segment: OpenSegment): void {
    this.#unpublished.add(segment);
    const publishing = this.#publish(segment).finally(() => {
      this.#unpublished.delete(segment);
      this.#closing.delete(publishing);
    });
    this.#closing.add(publishing);
  }

  /** Receipts first, then the name: from the moment a worker can see the segment its receipts outlive it. */
  async #publish(segment: OpenSegment): Promise<void> {
    for (;;) {
      try {
        await this.#settings.book.append(segment.receiptLines, segment.firstReceivedUs);
        this.#settings.onClosed(await segment.publish());
        return;
      } catch (cause) {
        this.#settings.onFault({ code: 'close-failed', cause });
        // At the end of the process the file stays open by name, and the next start recovers it.
        if (this.#stopped) return;
        await new Promise((resolve) => setTimeout(resolve, closeRetryMs));
      }
    }
  }
}

/** Twice what came into the segment before: a sender that goes on as it did finds room. */
function zerosAhead(lastBytes: number): number {
  const wanted = Math.max(smallestAheadBytes, 2 * lastBytes);
  return wanted <= largestAheadBytes ? wanted : 0;
}

export function receiptOf(batch: InboxBatch): Receipt {
  return {
    batchId: batch.batchId,
    records: batch.records.count,
    bytes: batch.records.recordBytes,
    receivedAtUs: batch.receivedAtUs,
  };
}
