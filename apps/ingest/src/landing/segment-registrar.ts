import { listSegments, readSegment, type InboxKeys, type ListedSegment, type SegmentInfo } from '@akashi/inbox';
import { tenantId, type Database } from '@akashi/database';
import { defaultRetentionPolicy } from '@akashi/policy';
import type { Queue } from '@akashi/queue';
import type { Logger } from '@akashi/server-kit';
import type { IngestMetrics } from '../ingest-metrics.ts';

export interface SegmentRegistrarSettings {
  inboxDir: string;
  /** The node that this inbox belongs to. */
  node: string;
  keys: InboxKeys;
  database: Pick<Database, 'forTenant'> | undefined;
  queue: Pick<Queue, 'enqueueSegment'> | undefined;
  metrics: Pick<IngestMetrics, 'unregisteredSegments'>;
  logger: Logger;
  nowMs: () => number;
}

type SegmentCounts = Pick<SegmentInfo, 'retentionPolicy' | 'recordCount' | 'recordBytes' | 'firstReceivedUs'>;

const passEveryMs = 2000;
/** After so many in a row it is the ledger or the queue that is away, and the next pass tries again. */
const maxFailuresInPass = 3;

/**
 * Brings every closed segment into the ledger and the queue. It goes by what lies in the inbox, not by what it was told:
 * while PostgreSQL is away, and over a crash between receipt and registration, the files are the list of what is owed.
 */
export class SegmentRegistrar {
  readonly #settings: SegmentRegistrarSettings;
  readonly #registered = new Set<string>();
  readonly #failed = new Set<string>();
  readonly #counts = new Map<string, SegmentCounts>();
  #pass: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #isAway = false;

  constructor(settings: SegmentRegistrarSettings) {
    this.#settings = settings;
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), passEveryMs);
    this.#timer.unref();
    void this.run();
  }

  /** A segment was closed; its counts need not be read from the file again. */
  closed(segment: Pick<SegmentInfo, 'segmentId'> | (Pick<SegmentInfo, 'segmentId'> & SegmentCounts)): void {
    if ('recordCount' in segment) {
      const { segmentId, retentionPolicy, recordCount, recordBytes, firstReceivedUs } = segment;
      this.#counts.set(segmentId, { retentionPolicy, recordCount, recordBytes, firstReceivedUs });
    }
    void this.run();
  }

  /** One pass over the inbox, and another if something was closed meanwhile. Never rejects. */
  async run(): Promise<void> {
    this.#again = true;
    this.#pass ??= this.#runPasses();
    await this.#pass;
  }

  /** The last pass; gives up after the deadline, because the next start does the rest. */
  async stop(deadlineMs: number): Promise<void> {
    clearInterval(this.#timer);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, deadlineMs);
    });
    await Promise.race([this.run(), deadline]);
    clearTimeout(timer);
  }

  async #runPasses(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        await this.#registerAll();
      } catch (cause) {
        this.#settings.logger.error({ err: cause }, 'The inbox cannot be listed.');
      }
    }
    this.#pass = undefined;
  }

  async #registerAll(): Promise<void> {
    const { inboxDir, metrics, database, queue } = this.#settings;
    const listed = await listSegments(inboxDir);
    this.#forgetAllBut(listed);
    const waiting = listed.filter((segment) => !this.#registered.has(segment.segmentId));
    metrics.unregisteredSegments(waiting.length);
    if (database === undefined || queue === undefined) return;
    // Those that failed before come last, so that one bad segment never holds up the others.
    const ordered = [
      ...waiting.filter((segment) => !this.#failed.has(segment.segmentId)),
      ...waiting.filter((segment) => this.#failed.has(segment.segmentId)),
    ];
    let failures = 0;
    for (const segment of ordered) {
      try {
        await this.#register(segment, database, queue);
        this.#succeeded(segment.segmentId);
        failures = 0;
      } catch (cause) {
        this.#failed.add(segment.segmentId);
        failures += 1;
        if (!this.#isAway) this.#settings.logger.warn({ err: cause }, 'A segment cannot be registered yet.');
        this.#isAway = true;
        if (failures === maxFailuresInPass) break;
      }
    }
    metrics.unregisteredSegments(waiting.filter((segment) => !this.#registered.has(segment.segmentId)).length);
  }

  #succeeded(segmentId: string): void {
    this.#registered.add(segmentId);
    this.#failed.delete(segmentId);
    this.#counts.delete(segmentId);
    if (this.#isAway) this.#settings.logger.info('Segments are registered again.');
    this.#isAway = false;
  }

  async #register(
    segment: ListedSegment,
    database: Pick<Database, 'forTenant'>,
    queue: Pick<Queue, 'enqueueSegment'>,
  ): Promise<void> {
    const { segmentId } = segment;
    const counts = this.#counts.get(segmentId) ?? (await this.#readCounts(segment));
    const { segments } = database.forTenant(tenantId(segment.tenantId));
    await segments.register({
      segmentId,
      ingestNode: this.#settings.node,
      retentionPolicy: counts.retentionPolicy,
      records: counts.recordCount,
      bytes: counts.recordBytes,
      acceptedAt: new Date(counts.firstReceivedUs / 1000),
    });
    const waitingBytes = await segments.waitingBytes();
    await queue.enqueueSegment({ schema: 1, tenantId: segment.tenantId, segmentId }, { waitingBytes });
  }

  /** A file that cannot be read is registered all the same: the worker quarantines it where people can see it. */
  async #readCounts(listed: ListedSegment): Promise<SegmentCounts> {
    try {
      const segment = await readSegment(listed.path, this.#settings.keys);
      const firstReceivedUs = segment.batches[0]?.receivedAtUs ?? this.#settings.nowMs() * 1000;
      const { retentionPolicy, recordCount, recordBytes } = segment;
      return { retentionPolicy, recordCount, recordBytes, firstReceivedUs };
    } catch (cause) {
      this.#settings.logger.error({ err: cause, segmentId: listed.segmentId }, 'A closed segment cannot be read.');
      const retentionPolicy = defaultRetentionPolicy;
      return { retentionPolicy, recordCount: 0, recordBytes: 0, firstReceivedUs: this.#settings.nowMs() * 1000 };
    }
  }

  #forgetAllBut(listed: readonly ListedSegment[]): void {
    const present = new Set(listed.map((segment) => segment.segmentId));
    for (const id of this.#registered) if (!present.has(id)) this.#registered.delete(id);
    for (const id of this.#failed) if (!present.has(id)) this.#failed.delete(id);
    for (const id of this.#counts.keys()) if (!present.has(id)) this.#counts.delete(id);
  }
}
