import { setTimeout as wait } from 'node:timers/promises';
import { AllCreated, bulkFilterPath } from './bulk-answer.ts';
import { countBulkItems, firstBulkId, readItemOutcomes, splitBulkLines, type BulkItem } from './bulk-items.ts';
import type { BulkSlots } from './bulk-slots.ts';
import { eventIdIn, segmentIn } from './document-id.ts';
import { withoutFoundBefore } from './found-before.ts';
import { defaultOnlineDays } from './placement.ts';
import { SearchFault } from './search-fault.ts';
import type { TenantStream } from './tenant-stream.ts';

export interface RejectedDocument {
  id: string;
  /** The server's error type (`mapper_parsing_exception`) or `too-large`; never its words, which quote the document. */
  reasonCode: string;
}

export interface BulkOutcome {
  created: number;
  /** Documents that were there already: the same block indexed again. */
  existing: number;
  rejected: readonly RejectedDocument[];
  /** Requests that were sent again, whole or in part. */
  retries: number;
}

export interface BulkOptions {
  /** How long the documents stay searchable: the class of streams that they go to. The floor of PCI DSS 10.5.1 when left out. */
  onlineDays?: number;
  signal?: AbortSignal;
  retry?: RetryPolicy;
  /** Bodies in flight at a time (default 2: one is indexed while the next is on its way). */
  concurrency?: number;
  /** Shared with other calls: a body is sent when it has a slot too. At most one body of a call waits for one. */
  slots?: BulkSlots;
  /** An earlier attempt may have written some of it, maybe into an index that is not written to any more. */
  isReplay?: boolean;
  /**
   * Told of a body that nothing reads any more, so that its memory can be used again. Not told of one that met a fault
   * on its way: some of it may still wait to be sent.
   */
  onDone?: (body: Buffer) => void;
}

/** Back-off is exponential with full jitter. After `maxAttempts` without any progress the server counts as away. */
export interface RetryPolicy {
  maxAttempts: number;
  firstDelayMs: number;
  maxDelayMs: number;
  random?: () => number;
}

const defaultRetry: RetryPolicy = { maxAttempts: 8, firstDelayMs: 250, maxDelayMs: 15_000 };
const defaultConcurrency = 2;
const bulkTimeoutMs = 120_000;

interface BulkTotals {
  created: number;
  existing: number;
  rejected: RejectedDocument[];
  retries: number;
}

/**
 * Creates documents from `_bulk` bodies (`create` actions with ids). Every document ends as created, existing or
 * rejected; repeating the call after a fault is safe, since an id is created once. Throws a retryable `SearchFault`
 * when the server stays away.
 */
export async function bulkCreate(
  stream: TenantStream,
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
  options: BulkOptions = {},
): Promise<BulkOutcome> {
  const totals: BulkTotals = { created: 0, existing: 0, rejected: [], retries: 0 };
  const writer = new BulkWriter(stream, options, totals);
  const running = new Set<Promise<void>>();
  const turn = options.slots?.nextTurn() ?? 0;
  let fault: { error: unknown } | undefined;
  for await (const chunk of chunks) {
    if (fault !== undefined) break;
    if (chunk.length === 0) continue;
    const slot = new HeldSlot(options, turn);
    await slot.take();
    const task: Promise<void> = writer
      .write(chunk, slot)
      .then((isClean) => {
        if (isClean) options.onDone?.(chunk);
      })
      .catch((error: unknown) => void (fault ??= { error }))
      .finally(() => {
        slot.release();
        running.delete(task);
      });
    running.add(task);
    if (running.size >= (options.concurrency ?? defaultConcurrency)) await Promise.race(running);
  }
  await Promise.all(running);
  if (fault !== undefined) throw fault.error;
  return totals;
}

/** One body's slot. It is given back while the body waits to be sent again: others need not wait for a back-off. */
class HeldSlot {
  readonly #options: BulkOptions;
  readonly #turn: number;
  #release: (() => void) | undefined;

  constructor(options: BulkOptions, turn: number) {
    this.#options = options;
    this.#turn = turn;
  }

  async take(): Promise<void> {
    this.#release = await this.#options.slots?.take(this.#turn, this.#options.signal);
  }

  release(): void {
    this.#release?.();
    this.#release = undefined;
  }
}

class BulkWriter {
  readonly #stream: TenantStream;
  readonly #signal: AbortSignal | undefined;
  readonly #isReplay: boolean;
  readonly #onlineDays: number;
  readonly #retry: RetryPolicy;
  readonly #totals: BulkTotals;

  constructor(stream: TenantStream, options: BulkOptions, totals: BulkTotals) {
    this.#stream = stream;
    this.#signal = options.signal;
    this.#isReplay = options.isReplay ?? false;
    this.#onlineDays = options.onlineDays ?? defaultOnlineDays;
    this.#retry = options.retry ?? defaultRetry;
    this.#totals = totals;
  }

  /** Sends a body until each of its items has an outcome; true when every request with it was answered. */
  async write(body: Buffer, slot: HeldSlot): Promise<boolean> {
    let pending = body;
    let isClean = true;
    // What became of a request that was not answered is looked up like what an earlier attempt wrote.
    let isUnsure = this.#isReplay;
    for (let attempt = 1; ; attempt++) {
      const known = isUnsure ? await this.#lookUp(pending) : pending;
      if (known?.length === 0) return isClean;
      const sent = known === undefined ? 'retry' : await this.#send((pending = known));
      if (sent === 'halve') {
        await this.#writeHalves(pending, slot);
        return false;
      }
      if (sent === 'done') return isClean;
      if (sent === 'retry') isClean = false;
      else {
        pending = sent.rest;
        if (sent.progress) attempt = 1;
      }
      isUnsure ||= sent === 'retry';
      if (attempt >= this.#retry.maxAttempts) throw new SearchFault('search-unavailable');
      this.#totals.retries++;
      slot.release();
      await this.#pause(attempt);
      await slot.take();
    }
  }

  /** What of it no index holds yet; undefined while the server does not say. */
  async #lookUp(body: Buffer): Promise<Buffer | undefined> {
    try {
      const { rest, found } = await withoutFoundBefore(this.#stream, body, this.#signal);
      this.#totals.existing += found;
      return rest;
    } catch (error) {
      if (error instanceof SearchFault && (error.retryable || error.status === 404)) return undefined;
      throw error;
    }
  }

  async #send(body: Buffer): Promise<'done' | 'retry' | 'halve' | { rest: Buffer; progress: boolean }> {
    const { client, tenantId, placement, streams } = this.#stream;
    // A body is of one segment.
    const into = placement.streamOf(segmentIn(tenantId, firstBulkId(body)), this.#onlineDays);
    if (!(await this.#isThere(into))) return 'retry';
    let answer: unknown;
    try {
      answer = await client.request({
        method: 'POST',
        path: `/${into}/_bulk`,
        query: { filter_path: bulkFilterPath },
        lines: body,
        timeoutMs: bulkTimeoutMs,
        ...(this.#signal === undefined ? {} : { signal: this.#signal }),
      });
    } catch (error) {
      if (!(error instanceof SearchFault) || error.code === 'search-aborted') throw error;
      // 413 says too much at once; 400 for a whole body says that one item in it can't even be read.
      if (error.status === 413 || error.status === 400) return 'halve';
      streams.forget(into);
      if (error.retryable || error.status === 404) return 'retry';
      throw error;
    }
    const settled = this.#settle(body, answer);
    if (settled !== 'done') streams.forget(into);
    return settled;
  }

  /** A server that has no template yet may get one: what is missing there is asked for again. */
  async #isThere(stream: string): Promise<boolean> {
    try {
      await this.#stream.streams.ensure(stream);
      return true;
    } catch (error) {
      const mayPass = error instanceof SearchFault && (error.retryable || error.status === 400 || error.status === 404);
      if (!mayPass) throw error;
      return false;
    }
  }

  #settle(body: Buffer, answer: unknown): 'done' | 'retry' | { rest: Buffer; progress: boolean } {
    const itemCount = countBulkItems(body);
    if (answer instanceof AllCreated && answer.count === itemCount) {
      this.#totals.created += itemCount;
      return 'done';
    }
    const outcomes = readItemOutcomes(answer);
    // An answer that does not speak of every item proves nothing: all of them are asked again.
    if (outcomes.length !== itemCount) return 'retry';
    const items = splitBulkLines(body);
    const rest: Buffer[] = [];
    for (const [index, item] of items.entries()) {
      const outcome = outcomes[index] ?? 'retry';
      if (outcome === 'created') this.#totals.created++;
      else if (outcome === 'existing') this.#totals.existing++;
      else if (outcome === 'retry') rest.push(item.lines);
      else this.#totals.rejected.push({ id: this.#eventId(item), reasonCode: outcome.reasonCode });
    }
    if (rest.length === 0) return 'done';
    return { rest: Buffer.concat(rest), progress: rest.length < items.length };
  }

  async #writeHalves(body: Buffer, slot: HeldSlot): Promise<void> {
    const items = splitBulkLines(body);
    const [only] = items;
    if (only !== undefined && items.length === 1) {
      this.#totals.rejected.push({ id: this.#eventId(only), reasonCode: 'too-large' });
      return;
    }
    this.#totals.retries++;
    const middle = Math.ceil(items.length / 2);
    await this.write(joinItems(items.slice(0, middle)), slot);
    await this.write(joinItems(items.slice(middle)), slot);
  }

  #eventId({ id }: BulkItem): string {
    return eventIdIn(this.#stream.tenantId, id);
  }

  async #pause(attempt: number): Promise<void> {
    const { firstDelayMs, maxDelayMs, random } = this.#retry;
    const ceiling = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
    const delay = Math.round(ceiling * (0.1 + 0.9 * (random ?? Math.random)()));
    try {
      await wait(delay, undefined, this.#signal === undefined ? {} : { signal: this.#signal });
    } catch {
      throw new SearchFault('search-aborted');
    }
  }
}

function joinItems(items: readonly BulkItem[]): Buffer {
  return Buffer.concat(items.map((item) => item.lines));
}
