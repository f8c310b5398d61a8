import type { Job, Queue as BullQueue } from 'bullmq';
import type { Backend } from './backend.ts';
import { consumer, runJob, type PipelineConsumer } from './consumer.ts';
import { dutyRunPayload, jobIds, type DutyRunPayload, type JobKind } from './job-kinds.ts';
import { lazyQueues } from './lazy-queues.ts';

/** Runs that take minutes have a line of their own, so that short ones never wait for them. */
export type DutyLength = 'short' | 'long';

export interface DutyHandlers {
  readonly tick: () => Promise<void>;
  readonly run: (payload: DutyRunPayload) => Promise<void>;
}

export interface DutyQueues {
  keepTicking(everyMs: number): Promise<void>;
  enqueue(payload: DutyRunPayload, length: DutyLength): Promise<void>;
  consume(handlers: DutyHandlers, concurrency: Readonly<Record<DutyLength, number>>): PipelineConsumer;
  close(): Promise<void>;
}

interface Parts {
  readonly backend: Backend;
  /** The key prefix where the back end needs one. */
  readonly named: { readonly prefix?: string };
  readonly onError: (error: Error) => void;
}

const lengths = ['short', 'long'] as const;
const queueNames: Readonly<Record<DutyLength, string>> = { short: 'duties', long: 'duties-long' };
const tickId = 'duty-tick';
const tickName = 'duty-tick' satisfies JobKind;
const runName = 'duty-run' satisfies JobKind;
/** After a crash a job comes back within this time and half of it; whether it is still to be done, the table says. */
const lockMs = 30_000;
const maxStalledCount = 1_000;
/** Ended jobs leave nothing, and are not tried again: what is due stands in the table, for the next tick. */
const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 } as const;

/** The tick and the runs of duties. The queue only spreads them over the workers; once and no more is the table's part. */
export function dutyQueues({ backend, named, onError }: Parts): DutyQueues {
  const queues = lazyQueues(lengths, (length) => {
    const queue = backend.queue(queueNames[length], { ...named, defaultJobOptions: jobOptions });
    queue.on('error', onError);
    return queue;
  });
  return {
    keepTicking: (everyMs) => queues.ask(({ short }) => ensureTick(short, everyMs)),
    enqueue: async (payload, length) => {
      const data = dutyRunPayload.parse(payload);
      await queues.ask((opened) => opened[length].add(runName, data, { jobId: jobIds['duty-run'](data) }));
    },
    consume: (handlers, concurrency) => {
      const started = lengths.map((length) =>
        consumer(() => {
          const worker = backend.worker(queueNames[length], (job) => handle(job, handlers), {
            ...named,
            concurrency: concurrency[length],
            lockDuration: lockMs,
            stalledInterval: lockMs / 2,
            maxStalledCount,
          });
          worker.on('error', onError);
          return worker;
        }, onError),
      );
      return { close: async () => void (await Promise.all(started.map((each) => each.close()))) };
    },
    close: () => queues.close(),
  };
}

function handle(job: Job, { tick, run }: DutyHandlers): Promise<void> {
  return job.name === tickName ? runJob(job, tickName, tick) : runJob(job, runName, run);
}

/** Makes the tick where it is missing, has another interval, or has stood still, as after a loss of the queue's data. */
async function ensureTick(queue: BullQueue, everyMs: number): Promise<void> {
  const found = await queue.getJobScheduler(tickId);
  const standsStill = found?.next === undefined || found.next < Date.now() - 2 * everyMs;
  if (found?.every === everyMs && !standsStill) return;
  await queue.upsertJobScheduler(
    tickId,
    { every: everyMs },
    { name: tickName, data: { schema: 1 }, opts: { ...jobOptions } },
  );
}
