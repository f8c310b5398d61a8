import type { Queue as BullQueue } from 'bullmq';
import { fairPriority } from './fair-priority.ts';
import { laneOf, lanes, type Lane } from './lane.ts';
import { lazyQueues } from './lazy-queues.ts';
import { jobIds, segmentPayload, type JobKind, type SegmentPayload } from './job-kinds.ts';

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

const jobName = 'segment' satisfies JobKind;
const liveStates = new Set<string>(['waiting', 'active', 'delayed', 'prioritized', 'paused', 'waiting-children']);

/** Puts segments in line, in the lane that each is owed. */
export function producer(open: (lane: Lane) => BullQueue): Producer {
  const opened = lazyQueues(lanes, open);
  return {
    enqueueSegment: async (payload, { waitingBytes }) => {
      const data = segmentPayload.parse(payload);
      const lane = laneOf(waitingBytes);
      await opened.ask(async (queues) => {
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
        if (await opened.ask((queues) => hasLiveJob(Object.values(queues), segmentId))) live.add(segmentId);
      }
      return live;
    },
    counts: () =>
      opened.ask(async (queues) => {
        const total: QueueCounts = { waiting: 0, active: 0, delayed: 0 };
        for (const queue of Object.values(queues)) {
          const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed');
          total.waiting += (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0);
          total.active += counts['active'] ?? 0;
          total.delayed += counts['delayed'] ?? 0;
        }
        return total;
      }),
    close: () => opened.close(),
  };
}

async function priorityOfNext(queue: BullQueue): Promise<number | undefined> {
  const [next] = await queue.getPrioritized(0, 0);
  return next?.priority;
}

async function hasLiveJob(queues: readonly BullQueue[], segmentId: string): Promise<boolean> {
  const id = jobIds.segment({ segmentId });
  for (const queue of queues) if (liveStates.has(await queue.getJobState(id))) return true;
  return false;
}

async function enqueue(queue: BullQueue, data: SegmentPayload, priority: number): Promise<void> {
  const id = jobIds.segment(data);
  await queue.add(jobName, data, { jobId: id, priority });
  // A job that ended without being removed, such as one that stalled too often, would keep its id and stop the new one.
  if ((await queue.getJobState(id)) === 'failed') {
    await queue.remove(id);
    await queue.add(jobName, data, { jobId: id, priority });
  }
}
