import type { Queue as BullQueue } from 'bullmq';
import { fairPriority } from './fair-priority.ts';
import { laneOf, lanes, type Lane } from './lane.ts';
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

type Queues = Readonly<Record<Lane, BullQueue>>;

const answerDeadlineMs = 5_000;
const jobName = 'segment';
const liveStates = new Set<string>(['waiting', 'active', 'delayed', 'prioritized', 'paused', 'waiting-children']);

const jobId = (segmentId: string): string => `seg-${segmentId}`;

/**
 * Opens the lanes at the first call, and again at the next call if that failed: a queue that was opened while its
 * server was away would remember the failure for ever.
 */
export function producer(open: (lane: Lane) => BullQueue): Producer {
  let opened: Promise<Queues> | undefined;
  const ready = async (): Promise<Queues> => {
    const queues = { express: open('express'), ordinary: open('ordinary') };
    const all = Object.values(queues);
    try {
      await answerWithin(Promise.all(all.map((queue) => queue.waitUntilReady())), answerDeadlineMs);
      return queues;
    } catch (error) {
      opened = undefined;
      for (const queue of all) queue.close().catch(() => undefined);
      throw error;
    }
  };
  const ask = async <T>(question: (queues: Queues) => Promise<T>): Promise<T> => {
    opened ??= ready();
    return answerWithin(question(await opened), answerDeadlineMs);
  };
  return {
    enqueueSegment: async (payload, { waitingBytes }) => {
      const data = segmentPayload.parse(payload);
      const lane = laneOf(waitingBytes);
      await ask(async (queues) => {
        const nextPriority = await priorityOfNext(queues[lane]);
        const priority = fairPriority({ nowMs: Date.now(), waitingBytes, nextPriority });
        // Enqueued again, it may be owed another lane than the one that it stands in.
        const elsewhere = lanes.filter((other) => other !== lane).map((other) => queues[other]);
        if (!(await hasLiveJob(elsewhere, data.segmentId))) await enqueue(queues[lane], data, priority);
      });
    },
    liveSegmentIds: async (segmentIds) => {
      const live = new Set<string>();
      // Each has the whole deadline: with thousands that wait, no answer in time would mean that nobody's are found.
      for (const segmentId of segmentIds) {
        if (await ask((queues) => hasLiveJob(Object.values(queues), segmentId))) live.add(segmentId);
      }
      return live;
    },
    counts: () =>
      ask(async (queues) => {
        const total: QueueCounts = { waiting: 0, active: 0, delayed: 0 };
        for (const queue of Object.values(queues)) {
          const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed');
          total.waiting += (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0);
          total.active += counts['active'] ?? 0;
          total.delayed += counts['delayed'] ?? 0;
        }
        return total;
      }),
    close: async () => {
      const queues = await opened?.catch(() => undefined);
      const closing = Object.values(queues ?? {}).map((queue) => queue.close());
      await answerWithin(Promise.all(closing), answerDeadlineMs).catch(() => undefined);
    },
  };
}

async function priorityOfNext(queue: BullQueue): Promise<number | undefined> {
  const [next] = await queue.getPrioritized(0, 0);
  return next?.priority;
}

async function hasLiveJob(queues: readonly BullQueue[], segmentId: string): Promise<boolean> {
  for (const queue of queues) if (liveStates.has(await queue.getJobState(jobId(segmentId)))) return true;
  return false;
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
