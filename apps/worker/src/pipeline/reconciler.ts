import type { Database, TenantId, UnfinishedSegment } from '@akashi/database';
import type { Queue } from '@akashi/queue';
import type { Logger } from '@akashi/server-kit';
import type { PipelineMetrics } from './pipeline-metrics.ts';

/** A fresh segment has its own job on the way; older ones without one lost it. */
const graceMs = 3_000;
const batchSize = 2_000;

export interface ReconcilerParts {
  /** Of others' segments their own workers have the jobs. */
  readonly node: string;
  readonly database: Database;
  readonly queue: Queue;
  readonly metrics: PipelineMetrics;
  readonly logger: Logger;
}

/**
 * The guarantee behind the queue: every segment of this node in the ledger that is not indexed has a live job. Answers how many jobs
 * it made anew. The queue may be emptied, lost or replaced: the ledger brings everything back.
 */
export async function reconcile(parts: ReconcilerParts): Promise<number> {
  const { node, database, queue, metrics, logger } = parts;
  const unfinished: UnfinishedSegment[] = await database.platform.findUnfinishedSegments({
    node,
    olderThanMs: graceMs,
    limit: batchSize,
  });
  metrics.unfinished(unfinished.length);
  if (unfinished.length === 0) return 0;
  const live = await queue.liveSegmentIds(unfinished.map(({ segmentId }) => segmentId));
  const lost = unfinished.filter(({ segmentId }) => !live.has(segmentId));
  const waiting = new Map<TenantId, number>();
  for (const { tenantId, segmentId, bytes } of lost) {
    const waitingBytes = (waiting.get(tenantId) ?? 0) + bytes;
    waiting.set(tenantId, waitingBytes);
    await queue.enqueueSegment({ schema: 1, tenantId, segmentId }, { waitingBytes });
  }
  if (lost.length > 0) logger.warn({ segments: lost.length }, 'Segments without a live job were enqueued again');
  return lost.length;
}
