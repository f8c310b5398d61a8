import type { Queue, PipelineConsumer } from '@akashi/queue';
import { tenantId } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import type { FaultTrail } from '../fault-trail.ts';
import { sealingErrorCodes } from '../sealing/sealing-error.ts';
import { processSegment, type PipelineParts } from './process-segment.ts';

/** Bounds an attempt whatever hangs; a slow index is waited for. */
const attemptWithinMs = 300_000;

/** After a crash a job comes back within this time and half of it. The main thread is never busy for that long. */
const lockMs = 15_000;

/** Each of them takes little of anything; while one waits for the disk or the index, others go on. */
const expressJobs = 4;

/** Of one segment, or of one organisation's keys or evidence: no time mends them, only somebody does. */
const lastingFaults = new Set<string>([
  ...sealingErrorCodes,
  'not-a-segment',
  'tenant-keys-missing',
  'key-missing',
  'key-unreadable',
  'ENOENT',
]);

/** Tells the queue that there is no hurry. */
class LastingFault extends Error {
  override readonly name = 'LastingFault';
  readonly retryPace = 'seldom';
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

export interface ConsumerParts {
  readonly parts: PipelineParts;
  readonly queue: Pick<Queue, 'consumePipeline'>;
  readonly logger: Logger;
  readonly faults: Pick<FaultTrail, 'report'>;
  /** Ordinary jobs at a time. */
  readonly concurrency: number;
}

/** Takes segment jobs from the queue: parse, one call, and a failure noted by its code for the next attempt. */
export function consumePipeline({ parts, queue, logger, faults, concurrency }: ConsumerParts): PipelineConsumer {
  return queue.consumePipeline(
    async (payload, { lane }) => {
      const tenant = tenantId(payload.tenantId);
      const { segmentId } = payload;
      try {
        const signal = AbortSignal.timeout(attemptWithinMs);
        await processSegment(parts, { tenantId: tenant, segmentId, lane, signal });
      } catch (error) {
        const code = faultCode(error);
        parts.metrics.failed(code);
        const target = { kind: 'segment', id: segmentId };
        faults.report(tenant, { action: 'job.failed', reason: code, target });
        logger.warn(
          { tenantId: tenant, segmentId, code, err: error },
          'An attempt at a segment stopped; it will be tried again.',
        );
        await parts.database
          .forTenant(tenant)
          .segments.fail(segmentId, code)
          .catch(() => undefined);
        throw lastingFaults.has(code) ? new LastingFault(code, error) : error;
      }
    },
    { concurrency: { express: expressJobs, ordinary: concurrency }, lockMs },
  );
}
