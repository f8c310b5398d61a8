import type { Queue as BullQueue } from 'bullmq';
import { fairPriority } from './fair-priority.ts';
import { answerWithin } from './queue-unavailable-error.ts';
import { segmentPayload, type SegmentPayload } from './segment-payload.ts';

export interface QueueCounts {
  waiting: number;
  active: number;
  delayed: number;
}

export interface WaitingLine {
  /** Bytes of this organisation that are not worked off yet: whoever has much waiting stands further behind. */
  waitingBytes: number;
}

export interface Producer {
  enqueueSegment(payload: SegmentPayload, line: WaitingLine): Promise<void>;
  liveSegmentIds(segmentIds: readonly string[]): Promise<Set<string>>;
  counts(): Promise<QueueCounts>;
  close(): Promise<void>;
}

const answerDeadlineMs = 5_000;
const jobName = 'segment';
const liveStates = new Set<string>(['waiting', 'active', 'delayed', 'prioritized', 'paused', 'waiting-children']);

const jobId = (segmentId: string): string => `seg-${segmentId}`;

/**
 * Opens the queue at the first call, and again at the next call if that failed: a queue that was opened while its
 * server was away would remember the failure for ever.
 */
export function producer(open: () => BullQueue): Producer {
  let opened: Promise<BullQueue> | undefined;
  const ready = async (): Promise<BullQueue> => {
    const queue = open();
    try {
      await answerWithin(queue.waitUntilReady(), answerDeadlineMs);
      return queue;
    } catch (error) {
      opened = undefined;
      queue.close().catch(() => undefined);
      throw error;
    }
  };
  const ask = async <T>(question: (queue: BullQueue) => Promise<T>): Promise<T> => {
    opened ??= ready();
    return answerWithin(question(await opened), answerDeadlineMs);
  };
  return {
    enqueueSegment: async (payload, { waitingBytes }) => {
      const data = segmentPayload.parse(payload);
      const priority = fairPriority(Date.now(), waitingBytes);
      await ask((queue) => enqueue(queue, data, priority));
    },
    liveSegmentIds: (segmentIds) =>
      ask(async (queue) => {
        const live = new Set<string>();
        for (const segmentId of segmentIds) {
          if (liveStates.has(await queue.getJobState(jobId(segmentId)))) live.add(segmentId);
        }
        return live;
      }),
    counts: () =>
      ask(async (queue) => {
        const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed');
        const waiting = (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0);
        return { waiting, active: counts['active'] ?? 0, delayed: counts['delayed'] ?? 0 };
      }),
    close: async () => {
      const queue = await opened?.catch(() => undefined);
      if (queue !== undefined) await answerWithin(queue.close(), answerDeadlineMs).catch(() => undefined);
    },
  };
}

async function enqueue(queue: BullQueue, data: SegmentPayload, priority: number): Promise<void> {
  const id = jobId(data.segmentId);
  await queue.add(jobName, data, { jobId: id, priority });
  // A job that ended without being removed, such as one that stalled too often, would keep its id and stop the new one.
  if ((await queue.getJobState(id)) === 'failed') {
    await queue.remove(id);
    await queue.add(jobName, data, { jobId: id, priority });
  }
}
