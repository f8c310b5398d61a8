import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { hasErrorCode } from '@akashi/durable-files';
import type { Backlog, Refusal } from './backlog.ts';
import { fitsOneTurn } from './in-turns.ts';
import { OpenSegment, type LandingStep, type SegmentInfo } from './open-segment.ts';
import type { InboxKeys } from './read-segment.ts';
import { openReceiptBook, type Receipt, type ReceiptBook } from './receipts.ts';
import type { RecordList } from './record-list.ts';

export interface InboxBatch {
  batchId: string;
  /** Canonical bytes of the batch origin; kept as they are. */
  origin: Buffer;
  receivedAtUs: number;
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
  keys: InboxKeys;
  backlog: Backlog;
  rotateBytes: number;
  rotateMs: number;
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
const receiptsRetrySeconds = 10;
const noReceipt = Buffer.alloc(0);

/**
 * One tenant's way into the inbox: a segment file, and group commit. While one fdatasync runs, further batches collect
 * and share the next one.
 */
export class TenantLane {
  readonly #settings: LaneSettings;
  readonly #book: ReceiptBook;
  readonly #inFlight = new Map<string, { bodyMac: string; outcome: Promise<AppendOutcome> }>();
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
  #hashing = 0;
  #areReceiptsRead = true;
  #readingReceipts: Promise<boolean> | undefined;
  pendingBytes = 0;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
    const { dir, tenantId, keys } = settings;
    this.#book = openReceiptBook({ directory: join(dir, tenantId, 'receipts'), tenantId, keys });
  }

  /** For how long the commit under way has waited for the disk; none has for a negative time. */
  get committingForMs(): number {
    return performance.now() - this.#committingSinceMs;
  }

  /**
   * Learns what an earlier process has acknowledged; false when it cannot be read. Batches that may be repetitions are then
   * put off and all others taken; each that is put off has it tried again. Those who ask at the same time share one reading.
   */
  loadReceipts(): Promise<boolean> {
    this.#areReceiptsRead = false;
    this.#readingReceipts ??= this.#book
      .load(Date.now())
      .then(
        () => (this.#areReceiptsRead = true),
        (cause: unknown) => {
          this.#settings.onFault({ code: 'receipts-unreadable', cause });
          return false;
        },
      )
      .finally(() => {
        this.#readingReceipts = undefined;
      });
    return this.#readingReceipts;
  }

  openSegmentIds(): string[] {
    const ids = [...this.#unpublished].map((segment) => segment.segmentId);
    if (this.#preparedId !== undefined) ids.push(this.#preparedId);
    return this.#segment === undefined ? ids : [...ids, this.#segment.segmentId];
  }

  append(batch: InboxBatch): Promise<AppendOutcome> {
    if (batch.idempotencyKey === undefined) return this.#enqueue(batch, noReceipt);
    if (!this.#areReceiptsRead) return this.#appendOnceRead(batch);
    const keyMac = this.#book.keyMac(batch.idempotencyKey);
    const { encoded } = batch.records;
    return fitsOneTurn(encoded)
      ? this.#appendUnlessKnown(batch, { keyMac, bodyMac: this.#book.smallBodyMac(encoded) })
      : this.#appendOnceHashed(batch, keyMac);
  }

  /** It waits in memory while it is hashed, and counts as that. */
  async #appendOnceHashed(batch: InboxBatch, keyMac: string): Promise<AppendOutcome> {
    const { encoded } = batch.records;
    this.pendingBytes += encoded.length;
    this.#hashing += 1;
    const bodyMac = await this.#book.bodyMac(encoded).finally(() => {
      this.pendingBytes -= encoded.length;
      this.#hashing -= 1;
    });
    return this.#appendUnlessKnown(batch, { keyMac, bodyMac });
  }

  #appendUnlessKnown(
    batch: InboxBatch,
    { keyMac, bodyMac }: { keyMac: string; bodyMac: string },
  ): Promise<AppendOutcome> {
    const known = this.#book.find(keyMac);
    if (known !== undefined) {
      if (known.bodyMac !== bodyMac) return Promise.resolve({ code: 'idempotency-conflict' });
      const { batchId, records, bytes, receivedAtUs } = known;
      return Promise.resolve({ code: 'accepted', repeated: true, receipt: { batchId, records, bytes, receivedAtUs } });
    }
    const running = this.#inFlight.get(keyMac);
    if (running !== undefined) {
      if (running.bodyMac !== bodyMac) return Promise.resolve({ code: 'idempotency-conflict' });
      return running.outcome.then((outcome) =>
        outcome.code === 'accepted' ? { ...outcome, repeated: true } : outcome,
      );
    }
    return this.#appendOnce(batch, { keyMac, bodyMac });
  }

  /** Waits until everything that was appended is answered and every segment is closed. */
  async close(): Promise<void> {
    this.#stopped = true;
    while (this.#working !== undefined || this.#hashing > 0) await (this.#working ?? setImmediate());
    this.#rotate();
    await Promise.all(this.#closing);
    const unused = await this.#takeNext();
    // What cannot be removed now is found empty at the next start, and removed then.
    await unused?.cutBack().catch(() => undefined);
  }

  async #appendOnceRead(batch: InboxBatch): Promise<AppendOutcome> {
    return (await this.loadReceipts())
      ? this.append(batch)
      : { code: 'landing-failed', retryAfterSeconds: receiptsRetrySeconds };
  }

  #appendOnce(batch: InboxBatch, macs: { keyMac: string; bodyMac: string }): Promise<AppendOutcome> {
    const receipt = { ...receiptOf(batch), bodyMac: macs.bodyMac };
    const outcome = this.#enqueue(batch, this.#book.formatLine(macs.keyMac, receipt)).then((answer) => {
      if (answer.code === 'accepted') this.#book.remember(macs.keyMac, receipt);
      this.#inFlight.delete(macs.keyMac);
      return answer;
    });
    this.#inFlight.set(macs.keyMac, { bodyMac: macs.bodyMac, outcome });
    return outcome;
  }

  #enqueue(batch: InboxBatch, receiptLine: Buffer): Promise<AppendOutcome> {
    this.pendingBytes += batch.records.encoded.length;
    return new Promise((answer) => {
      this.#waiting.push({ batch, receiptLine, answer });
      this.#working ??= this.#work();
    });
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
    const { dir, tenantId, keys, rotateMs } = this.#settings;
    this.#isSteady = performance.now() - this.#agedAtMs < rotateMs;
    const segment = (await this.#takeNext()) ?? (await OpenSegment.create(dir, tenantId, keys));
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
    const { dir, tenantId, keys } = this.#settings;
    let segment: OpenSegment | undefined;
    try {
      segment = await OpenSegment.create(dir, tenantId, keys);
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
    return segment;
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
        await this.#book.append(segment.receiptLines, segment.firstReceivedUs);
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

function receiptOf(batch: InboxBatch): Receipt {
  return {
    batchId: batch.batchId,
    records: batch.records.count,
    bytes: batch.records.recordBytes,
    receivedAtUs: batch.receivedAtUs,
  };
}
