import { documentGeneration } from '@akashi/log-event';
import { Gauge, type Logger, type Registry } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import { indexSegment } from '../pipeline/index-events.ts';
import { readSealed, type PipelineParts } from '../pipeline/process-segment.ts';
import { eachInLanes } from './lanes.ts';

/** Read at once: what new records need of the disk and the processors stays with them. */
const segmentsAtOnce = 2;
const batchSize = 100;
const attemptWithinMs = 300_000;

export interface OutdatedParts {
  readonly parts: PipelineParts;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly registry: Registry;
}

/**
 * Makes documents of an earlier shape again from the archive, newest segments first, while intake goes on: after an update of
 * the product, and for segments that came back from the archive alone. Streams that only earlier versions used go when
 * nothing is left to be made again.
 */
export class OutdatedDocuments {
  readonly #parts: PipelineParts;
  readonly #logger: OutdatedParts['logger'];
  readonly #left: Gauge;
  #areFormerStreamsGone = false;

  constructor({ parts, logger, registry }: OutdatedParts) {
    this.#parts = parts;
    this.#logger = logger;
    this.#left = new Gauge({
      name: 'akashi_outdated_segments',
      help: 'Sealed segments whose documents are still to be made (again) from the archive',
      registers: [registry],
    });
  }

  /** One batch after the other until nothing is left, or nothing of a batch could be done. */
  async run(stopping: AbortSignal): Promise<void> {
    const { database, search } = this.#parts;
    for (let done = 0; !stopping.aborted;) {
      const wanted = { generation: documentGeneration, limit: batchSize };
      const { segments, total } = await database.platform.findOutdatedSegments(wanted);
      this.#left.set(total);
      if (segments.length === 0) {
        if (done > 0) this.#logger.info({ segments: done }, 'Documents of an earlier shape were made again.');
        break;
      }
      const made = await this.#makeAgain(segments, stopping);
      if (made === 0) return;
      done += made;
      this.#logger.info({ segments: done, left: total - made }, 'Documents of an earlier shape are being made again.');
    }
    if (this.#areFormerStreamsGone || stopping.aborted) return;
    const removed = await search.platform.removeFormerStreams();
    if (removed > 0) this.#logger.info({ streams: removed }, 'Data streams of an earlier version were removed.');
    this.#areFormerStreamsGone = true;
  }

  async #makeAgain(segments: readonly OutdatedSegment[], stopping: AbortSignal): Promise<number> {
    let made = 0;
    await eachInLanes(segments, segmentsAtOnce, async ({ tenantId, segmentId }) => {
      if (stopping.aborted) return;
      try {
        const payload = await readSealed(this.#parts, tenantId, segmentId);
        const derivation = await this.#parts.derivationOf(tenantId);
        const signal = AbortSignal.any([stopping, AbortSignal.timeout(attemptWithinMs)]);
        const place = { tenantId, segmentId, derivation, payload };
        await indexSegment(this.#parts, { ...place, lane: 'ordinary', isReplay: true, signal });
        made += 1;
      } catch (error) {
        this.#logger.warn(
          { tenantId, segmentId, code: faultCode(error), err: error },
          'A segment was not indexed again.',
        );
      }
    });
    return made;
  }
}

type OutdatedSegment = Awaited<
  ReturnType<PipelineParts['database']['platform']['findOutdatedSegments']>
>['segments'][number];
