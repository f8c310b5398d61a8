import { setTimeout as wait } from 'node:timers/promises';
import { recordContinues, recordHasMore, RecordListBuilder, type RecordList } from '@akashi/inbox';
import { partEnd } from '@akashi/line-text';
import type { SyslogSource, TenantId } from '@akashi/database';
import type { BatchOrigin, SourceKind } from '@akashi/log-event';
import type { Logger } from '@akashi/server-kit';
import { maxRecordBytes, type Landing } from '../landing/landing.ts';
import { messageDecoder, type MessageDecoder } from './message-decoder.ts';

export interface RecordBatcherSettings {
  landing: Pick<Landing, 'land'>;
  source: SyslogSource;
  kind: SourceKind;
  address: string;
  logger: Logger;
  /** Called with true when so much waits that the sender should be held back, and with false when it may go on. */
  onPressure?: (isHigh: boolean) => void;
  /** Called with the number of records that the inbox still refused when the process had to stop. */
  onGivenUp: (records: number) => void;
  /** Called with the number of bytes that were no text in the source's encoding. */
  onUndecodable: (bytes: number) => void;
}

/** What one sender may have in memory, not counting what is on its way to the disk. */
const highWaterBytes = 1024 * 1024;
const retryEveryMs = 500;

/**
 * Collects a syslog sender's records into batches: while one is made durable the next one fills, so a slow sender's line
 * lands at once and a fast one's by the thousand. A refused batch is kept and tried again until the inbox takes it.
 */
export class RecordBatcher {
  readonly #settings: RecordBatcherSettings;
  readonly #origin: Omit<BatchOrigin, 'batchId'>;
  readonly #decoder: MessageDecoder | undefined;
  #filling: RecordListBuilder | undefined;
  #working: Promise<void> | undefined;
  #isHigh = false;
  readonly #stopping = new AbortController();

  constructor(settings: RecordBatcherSettings) {
    this.#settings = settings;
    const { source, kind, address } = settings;
    this.#decoder = messageDecoder(source.encoding, settings.onUndecodable);
    this.#origin = {
      logGroup: source.logGroup,
      logStream: null,
      source: { id: source.id, kind, address },
      ...(source.timeZone === null ? {} : { timeZone: source.timeZone }),
      ...(source.format === null ? {} : { format: source.format }),
      ...(this.#decoder === undefined ? {} : { encoding: this.#decoder.label }),
    };
  }

  add(source: Buffer, part: { start: number; end: number; flags: number }): void {
    this.#filling ??= new RecordListBuilder({ maxRecordBytes, sizeHint: 64 * 1024 });
    if (this.#decoder === undefined) this.#filling.addPart(source, part);
    else this.#addDecoded(this.#decoder, source.subarray(part.start, part.end), part.flags);
  }

  /** Text may be longer than its bytes were, and is cut again then. */
  #addDecoded(decoder: MessageDecoder, bytes: Buffer, flags: number): void {
    const hasMore = (flags & recordHasMore) !== 0;
    const text = decoder.decode(bytes, hasMore);
    let continues = flags & recordContinues;
    for (let start = 0; start < text.length;) {
      const end = partEnd(text, { start, end: text.length, maxBytes: maxRecordBytes });
      const more = hasMore || end < text.length ? recordHasMore : 0;
      this.#filling?.addPart(text, { start, end, flags: continues | more });
      continues = recordContinues;
      start = end;
    }
  }

  /** Sends off what was added. Call it once per chunk that was read, not once per record. */
  flush(): void {
    if (this.#filling === undefined) return;
    if (this.#working === undefined) this.#working = this.#work();
    else if (!this.#isHigh && this.waitingBytes > highWaterBytes) this.#setPressure(true);
  }

  get tenantId(): TenantId {
    return this.#settings.source.tenantId;
  }

  get waitingBytes(): number {
    return this.#filling?.recordBytes ?? 0;
  }

  get waitingRecords(): number {
    return this.#filling?.count ?? 0;
  }

  /** True when nothing waits and nothing is on its way. */
  get isIdle(): boolean {
    return this.#working === undefined && this.#filling === undefined;
  }

  /** Resolves when everything that was added is durable. */
  async drain(): Promise<void> {
    this.flush();
    await this.#working;
  }

  /** As `drain`, but does not wait for an inbox that is full: nothing of it was acknowledged to anybody. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.drain();
  }

  async #work(): Promise<void> {
    while (this.#filling !== undefined) {
      const records = this.#filling.finish();
      this.#filling = undefined;
      if (this.#isHigh) this.#setPressure(false);
      await this.#land(records);
    }
    this.#working = undefined;
  }

  async #land(records: RecordList): Promise<void> {
    const { logger, source, onGivenUp } = this.#settings;
    const { signal } = this.#stopping;
    let hasSaid = false;
    for (;;) {
      try {
        if (await this.#isLanded(records)) return;
      } catch (cause) {
        if (!hasSaid) logger.error({ err: cause, sourceId: source.id }, 'Syslog records cannot be landed; they wait.');
        hasSaid = true;
      }
      if (signal.aborted) {
        onGivenUp(records.count);
        return;
      }
      await wait(retryEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #isLanded(records: RecordList): Promise<boolean> {
    const { landing, source } = this.#settings;
    const outcome = await landing.land({ tenantId: source.tenantId, origin: this.#origin, records });
    return outcome.code === 'accepted';
  }

  #setPressure(isHigh: boolean): void {
    this.#isHigh = isHigh;
    this.#settings.onPressure?.(isHigh);
  }
}
