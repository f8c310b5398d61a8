import { Counter, Gauge, type Registry } from '@akashi/server-kit';
import type { OpenState } from '../sealing/open-blocks.ts';

/** Counters named by the states of a batch (accepted is counted by ingest). No label carries log content. */
export class PipelineMetrics {
  readonly #masked: Counter;
  readonly #failedClosed: Counter;
  readonly #sealed: Counter;
  readonly #indexed: Counter;
  readonly #quarantined: Counter;
  readonly #failures: Counter<'code'>;
  readonly #unfinished: Gauge;
  readonly #openBlocks: Gauge;
  readonly #openSegments: Gauge;
  readonly #openBytes: Gauge;
  readonly #oldestOpenSeconds: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#masked = new Counter({
      name: 'akashi_masked_records_total',
      help: 'Records that went through masking',
      registers,
    });
    this.#failedClosed = new Counter({
      name: 'akashi_masking_failed_closed_total',
      help: 'Records whose digits were all starred because masking failed on them',
      registers,
    });
    this.#sealed = new Counter({
      name: 'akashi_sealed_blocks_total',
      help: 'Blocks sealed, heartbeats included',
      registers,
    });
    this.#indexed = new Counter({
      name: 'akashi_indexed_records_total',
      help: 'Documents created in the index',
      registers,
    });
    this.#quarantined = new Counter({
      name: 'akashi_quarantined_records_total',
      help: 'Records that broke a step; kept, sealed and searchable as text',
      registers,
    });
    this.#failures = new Counter({
      name: 'akashi_pipeline_failures_total',
      help: 'Attempts at a segment that stopped, by error code',
      labelNames: ['code'],
      registers,
    });
    this.#unfinished = new Gauge({
      name: 'akashi_unfinished_segments',
      help: 'Segments in the ledger that are not indexed yet',
      registers,
    });
    this.#openBlocks = new Gauge({
      name: 'akashi_open_blocks',
      help: 'Blocks of this node that wait for their seal',
      registers,
    });
    this.#openSegments = new Gauge({
      name: 'akashi_unsealed_segments',
      help: 'Masked segments of this node that no block holds yet',
      registers,
    });
    this.#openBytes = new Gauge({
      name: 'akashi_unsealed_bytes',
      help: 'Bytes of masked records of this node that no block holds yet',
      registers,
    });
    this.#oldestOpenSeconds = new Gauge({
      name: 'akashi_oldest_unsealed_seconds',
      help: 'How long the oldest of them has waited',
      registers,
    });
  }

  masked(records: number, failedClosed: number): void {
    this.#masked.inc(records);
    this.#failedClosed.inc(failedClosed);
  }

  sealed(): void {
    this.#sealed.inc();
  }

  indexed(records: number, quarantined: number): void {
    this.#indexed.inc(records);
    this.#quarantined.inc(quarantined);
  }

  failed(code: string): void {
    this.#failures.inc({ code });
  }

  open({ blocks, segments, bytes, oldestMs }: OpenState): void {
    this.#openBlocks.set(blocks);
    this.#openSegments.set(segments);
    this.#openBytes.set(bytes);
    this.#oldestOpenSeconds.set(oldestMs / 1000);
  }

  unfinished(segments: number): void {
    this.#unfinished.set(segments);
  }
}
