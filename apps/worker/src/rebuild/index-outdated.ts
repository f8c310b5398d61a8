import { documentGeneration } from '@akashi/log-event';
import { Gauge, type Logger, type Registry } from '@akashi/server-kit';
import type { TenantId } from '@akashi/database';
import { faultCode } from '../fault-code.ts';
import { indexSegment } from '../pipeline/index-events.ts';
import { notedDerivation } from '../pipeline/noted-documents.ts';
import type { PipelineParts } from '../pipeline/process-segment.ts';
import { readSealedSegment } from '../pipeline/read-sealed.ts';
import { eachInLanes } from './lanes.ts';

/** Read at once: what new records need of the disk and the processors stays with them. */
const segmentsAtOnce = 2;
const batchSize = 100;
const attemptWithinMs = 300_000;
/** By so much documents may be past their days online and still be there: an index goes as a whole. */
const slackDays = 31;

export interface OutdatedParts {
  readonly parts: PipelineParts & { readonly now: () => Date };
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly registry: Registry;
}

/**
 * Makes documents of an earlier shape, of another derivation or of fewer days online again from the archive, newest segments
 * first, while intake goes on: after an update of the product, a change of settings or a raise of days online, and for segments
 * that came back from the archive alone. Streams that only earlier versions used go when nothing is left to be made again.
 */
export class OutdatedDocuments {
  readonly #parts: OutdatedParts['parts'];
  readonly #logger: OutdatedParts['logger'];
  readonly #left: Gauge;
  #areFormerStreamsGone = false;
  /** Of organisations whose documents may have been derived otherwise than they would be today. */
  readonly #tenants = new Set<TenantId>();

  constructor({ parts, logger, registry }: OutdatedParts) {
    this.#parts = parts;
    this.#logger = logger;
    this.#left = new Gauge({
      name: 'akashi_outdated_segments',
      help: 'Sealed segments whose documents are still to be made (again) from the archive',
      registers: [registry],
    });
  }

  /** Has the organisation's documents looked at by the next run: after a change of its settings, or of readers. */
  look(tenantId: TenantId): void {
    this.#tenants.add(tenantId);
  }

  /** One batch after the other until nothing is left, or nothing of a batch could be done. */
  async run(stopping: AbortSignal): Promise<void> {
    const { database, search } = this.#parts;
    for (let done = 0; !stopping.aborted;) {
      const wanted = { generation: documentGeneration, limit: batchSize };
      const { segments, total } = await database.platform.findOutdatedSegments(wanted);
      this.#left.set(total);
      if (segments.length === 0) {
        if (await this.#markNext()) continue;
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

  /** Marks some documents that are to stay for longer, or of another derivation than today's; false when there are none. */
  async #markNext(): Promise<boolean> {
    if (await this.#markRaised()) return true;
    for (const tenantId of this.#tenants) {
      const { id: otherThan } = notedDerivation(await this.#parts.derivationOf(tenantId));
      const { derivations } = this.#parts.database.forTenant(tenantId);
      const wanted = { otherThan, limit: batchSize, now: this.#parts.now() };
      if ((await derivations.markForRemaking(wanted)) > 0) return true;
      this.#tenants.delete(tenantId);
    }
    return false;
  }

  /** Documents of log groups whose days online were raised go to the streams of those days. */
  async #markRaised(): Promise<boolean> {
    const now = this.#parts.now();
    for (const tenantId of await this.#parts.database.platform.findOnlineRaises()) {
      const { onlineDays } = this.#parts.database.forTenant(tenantId);
      if ((await onlineDays.markRaised({ limit: batchSize, now, slackDays })) > 0) return true;
      await onlineDays.settleRaises(now);
    }
    return false;
  }

  async #makeAgain(segments: readonly OutdatedSegment[], stopping: AbortSignal): Promise<number> {
    let made = 0;
    await eachInLanes(segments, segmentsAtOnce, async ({ tenantId, segmentId }) => {
      if (stopping.aborted) return;
      try {
        const payload = await readSealedSegment(this.#parts, tenantId, segmentId);
        const derivation = await this.#parts.derivationOf(tenantId);
        // Documents are not changed in their place: the former ones go just before the new ones come.
        await this.#parts.search.forTenant(tenantId).removeSegments([segmentId]);
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
