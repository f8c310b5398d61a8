import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fitsOneTurn } from './in-turns.ts';
import { openReceiptBook, type ReceiptBook } from './receipts.ts';
import { receiptOf, WriterLane, type AppendOutcome, type InboxBatch, type LaneSettings } from './writer-lane.ts';

export type TenantInboxSettings = Omit<LaneSettings, 'retentionPolicy' | 'book'>;

const receiptsRetrySeconds = 10;
const noReceipt = Buffer.alloc(0);

/**
 * One tenant's way into the inbox: a writer lane for each retention policy, and the receipts, which are all policies'. A
 * batch that comes again is known also when its log group has another policy by now.
 */
export class TenantInbox {
  readonly #settings: TenantInboxSettings;
  readonly #book: ReceiptBook;
  readonly #lanes = new Map<string, WriterLane>();
  readonly #inFlight = new Map<string, { bodyMac: string; outcome: Promise<AppendOutcome> }>();
  #hashing = 0;
  #hashingBytes = 0;
  #areReceiptsRead = true;
  #readingReceipts: Promise<boolean> | undefined;

  constructor(settings: TenantInboxSettings) {
    this.#settings = settings;
    const { dir, tenantId, keys } = settings;
    this.#book = openReceiptBook({ directory: join(dir, tenantId, 'receipts'), tenantId, keys });
  }

  /** Bytes that wait in memory. */
  get pendingBytes(): number {
    let sum = this.#hashingBytes;
    for (const lane of this.#lanes.values()) sum += lane.pendingBytes;
    return sum;
  }

  /** For how long the slowest commit under way has waited for the disk; none has for a negative time. */
  get committingForMs(): number {
    return Math.max(Number.NEGATIVE_INFINITY, ...[...this.#lanes.values()].map((lane) => lane.committingForMs));
  }

  openSegmentIds(): string[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.openSegmentIds());
  }

  /**
   * Learns what an earlier process has acknowledged; false when it cannot be read. Batches that may be repetitions are then
   * put off and all others taken; each that is put off has it tried again. Those who ask at the same time share one reading.
   */
  loadReceipts(): Promise<boolean> {
    this.#areReceiptsRead = false;
    this.#readingReceipts ??= this.#book
      .load(this.#settings.nowMs())
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

  append(batch: InboxBatch): Promise<AppendOutcome> {
    if (batch.idempotencyKey === undefined) return this.#laneOf(batch).append(batch, noReceipt);
    if (!this.#areReceiptsRead) return this.#appendOnceRead(batch);
    const keyMac = this.#book.keyMac(batch.idempotencyKey);
    const { encoded } = batch.records;
    return fitsOneTurn(encoded)
      ? this.#appendUnlessKnown(batch, { keyMac, bodyMac: this.#book.smallBodyMac(encoded) })
      : this.#appendOnceHashed(batch, keyMac);
  }

  closeSegments(): void {
    for (const lane of this.#lanes.values()) lane.closeSegment();
  }

  /** Waits until everything that was appended is answered and every segment is closed. */
  async close(): Promise<void> {
    while (this.#hashing > 0) await setImmediate();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
  }

  #laneOf({ retentionPolicy }: InboxBatch): WriterLane {
    let lane = this.#lanes.get(retentionPolicy);
    if (lane === undefined) {
      lane = new WriterLane({ ...this.#settings, retentionPolicy, book: this.#book });
      this.#lanes.set(retentionPolicy, lane);
    }
    return lane;
  }

  /** It waits in memory while it is hashed, and counts as that. */
  async #appendOnceHashed(batch: InboxBatch, keyMac: string): Promise<AppendOutcome> {
    const { encoded } = batch.records;
    this.#hashingBytes += encoded.length;
    this.#hashing += 1;
    const bodyMac = await this.#book.bodyMac(encoded).finally(() => {
      this.#hashingBytes -= encoded.length;
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

  async #appendOnceRead(batch: InboxBatch): Promise<AppendOutcome> {
    return (await this.loadReceipts())
      ? this.append(batch)
      : { code: 'landing-failed', retryAfterSeconds: receiptsRetrySeconds };
  }

  #appendOnce(batch: InboxBatch, macs: { keyMac: string; bodyMac: string }): Promise<AppendOutcome> {
    const receipt = { ...receiptOf(batch), bodyMac: macs.bodyMac };
    const receiptLine = this.#book.formatLine(macs.keyMac, receipt);
    const outcome = this.#laneOf(batch)
      .append(batch, receiptLine)
      .then((answer) => {
        if (answer.code === 'accepted') this.#book.remember(macs.keyMac, receipt);
        this.#inFlight.delete(macs.keyMac);
        return answer;
      });
    this.#inFlight.set(macs.keyMac, { bodyMac: macs.bodyMac, outcome });
    return outcome;
  }
}
