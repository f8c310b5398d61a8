import { postgresBackend, redisBackend, type Backend } from './backend.ts';
import { AttemptFault, consumer, runSegment, type PipelineConsumer, type PipelineHandler } from './consumer.ts';
import { dutyQueues, type DutyHandlers, type DutyLength } from './duty-queues.ts';
import { lanes, type Lane } from './lane.ts';
import { producer, type QueueCounts, type WaitingLine } from './producer.ts';
import { rowQueue, type RowHandler } from './row-queue.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { DutyRunPayload, ReportRunPayload, RestorePayload, SegmentPayload } from './job-kinds.ts';

export interface QueueOptions {
  /**
   * The node whose segments this process puts in line and takes: a landing segment lies on the disk of the node that took
   * it in, so that only a worker there can work it off.
   */
  node: string;
  /** Used unless `redisUrl` is given. */
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
  /** Where BullMQ keeps its tables in PostgreSQL, or the key prefix in Redis. */
  schema?: string | undefined;
  /** Hears of lost connections and the like; the queue goes on by itself. */
  onError?: ((error: Error) => void) | undefined;
}

export interface PipelineOptions {
  /** Jobs at a time, in each lane. */
  concurrency: Readonly<Record<Lane, number>>;
  /** How long a job stays with a process that gives no sign of life. */
  lockMs?: number;
}

export interface DutyOptions {
  /** Runs at a time. */
  concurrency: Readonly<Record<DutyLength, number>>;
}

/**
 * The queue only delivers; that every segment is worked off is the ledger's guarantee. Calls reject with a
 * QueueUnavailableError within seconds when the back end is away, and work again when it is back.
 */
export interface Queue {
  /** Idempotent: a segment of this node has at most one job. An organisation with much waiting does not hold up the others. */
  enqueueSegment(payload: SegmentPayload, line: WaitingLine): Promise<void>;
  hasLiveJob(segmentId: string): Promise<boolean>;
  /** Of the given segments those that have a job which waits, runs or will be tried again. */
  liveSegmentIds(segmentIds: readonly string[]): Promise<Set<string>>;
  /**
   * Starts taking jobs. An error with `retryable: false` ends the job; after any other it comes back later and later, up
   * to every half minute, or to every five with `retryPace: 'seldom'`, for ever. Only the error's code is stored.
   */
  consumePipeline(handler: PipelineHandler, options: PipelineOptions): PipelineConsumer;
  /** Lets the tick come every `everyMs`, for all processes together, from now on or as before. */
  keepTicking(everyMs: number): Promise<void>;
  /** Idempotent: a run has at most one job. */
  enqueueDutyRun(payload: DutyRunPayload, line: { length: DutyLength }): Promise<void>;
  /** Starts taking ticks and runs. Whoever throws is not asked again: what is due stands elsewhere, for the next tick. */
  consumeDuties(handlers: DutyHandlers, options: DutyOptions): PipelineConsumer;
  /** Idempotent: a run of a report has at most one job. */
  enqueueReportRun(payload: ReportRunPayload): Promise<void>;
  /** Starts taking runs of reports. Whoever throws is not asked again: what waits stands in the table. */
  consumeReportRuns(handler: RowHandler<'report-run'>, options: { readonly concurrency: number }): PipelineConsumer;
  /** Idempotent: a restore has at most one job. */
  enqueueRestore(payload: RestorePayload): Promise<void>;
  /** Starts taking restores. Whoever throws is not asked again: what waits stands in the table. */
  consumeRestores(handler: RowHandler<'restore'>, options: { readonly concurrency: number }): PipelineConsumer;
  counts(): Promise<QueueCounts>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Where BullMQ keeps its tables in PostgreSQL unless told otherwise. */
export const queueSchema = 'akashi_queue';

const laneNames: Readonly<Record<Lane, string>> = { express: 'pipeline-express', ordinary: 'pipeline' };
const queueName = (lane: Lane, node: string): string => `${laneNames[lane]}@${node}`;
const nodeForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const defaultLockMs = 30_000;
/** The largest that fits PostgreSQL's integer with room: in effect for ever. */
const attempts = 1_000_000_000;
/** A process that dies leaves a stalled job; drills kill many, and none of that may end a segment. */
const maxStalledCount = 1_000;

export function openQueue(options: QueueOptions): Queue {
  const onError = options.onError ?? ((): void => undefined);
  const schema = options.schema ?? queueSchema;
  const { node } = options;
  if (!nodeForm.test(node))
    throw new TypeError('a node name has 1 to 63 letters, digits, dots, hyphens and underscores');
  const backend = chooseBackend(options, schema, onError);
  const named = options.redisUrl === undefined ? {} : { prefix: schema };
  const jobs = producer((lane) => {
    const queue = backend.queue(queueName(lane, node), {
      ...named,
      defaultJobOptions: {
        attempts,
        backoff: { type: 'custom' },
        removeOnComplete: true,
        removeOnFail: true,
        stackTraceLimit: 0,
      },
    });
    queue.on('error', onError);
    return queue;
  });
  const consumers: PipelineConsumer[] = [];
  const duties = dutyQueues({ backend, named, onError });
  const reports = rowQueue('report-run', { backend, named, onError });
  const restores = rowQueue('restore', { backend, named, onError });
  return {
    enqueueSegment: (payload, line) => jobs.enqueueSegment(payload, line),
    hasLiveJob: async (segmentId) => (await jobs.liveSegmentIds([segmentId])).has(segmentId),
    liveSegmentIds: (segmentIds) => jobs.liveSegmentIds(segmentIds),
    consumePipeline: (handler, { concurrency, lockMs = defaultLockMs }) => {
      const started = lanes.map((lane) =>
        consumer(() => {
          const worker = backend.worker(queueName(lane, node), (job) => runSegment(job, lane, handler), {
            ...named,
            concurrency: concurrency[lane],
            lockDuration: lockMs,
            stalledInterval: Math.ceil(lockMs / 2),
            maxStalledCount,
            settings: {
              backoffStrategy: (attemptsMade, _type, fault) =>
                retryDelayMs(attemptsMade, Math.random(), fault instanceof AttemptFault ? fault.pace : 'soon'),
            },
          });
          worker.on('error', onError);
          return worker;
        }, onError),
      );
      const all = { close: async () => void (await Promise.all(started.map((each) => each.close()))) };
      consumers.push(all);
      return all;
    },
    keepTicking: (everyMs) => duties.keepTicking(everyMs),
    enqueueDutyRun: (payload, { length }) => duties.enqueue(payload, length),
    consumeDuties: (handlers, { concurrency }) => {
      const started = duties.consume(handlers, concurrency);
      consumers.push(started);
      return started;
    },
    enqueueReportRun: (payload) => reports.enqueue(payload),
    consumeReportRuns: (handler, { concurrency }) => {
      const started = reports.consume(handler, concurrency);
      consumers.push(started);
      return started;
    },
    enqueueRestore: (payload) => restores.enqueue(payload),
    consumeRestores: (handler, { concurrency }) => {
      const started = restores.consume(handler, concurrency);
      consumers.push(started);
      return started;
    },
    counts: () => jobs.counts(),
    ping: async () => {
      await jobs.counts();
    },
    close: async () => {
      const opened = [jobs, duties, reports, restores, ...consumers];
      await Promise.all(opened.map((each) => each.close()));
      await backend.close();
    },
  };
}

/**
 * Makes or brings up to date the queue's tables in PostgreSQL, with a login that may create a schema. Queues themselves
 * only use them: the logins of the parts may not change tables.
 */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  const backend = postgresBackend(databaseUrl, queueSchema, true);
  // Before queues were a node's they had the lane's name alone. What waits there is put in line again from the ledger.
  const queues = lanes.map((lane) => backend.queue(laneNames[lane], {}));
  try {
    for (const queue of queues) {
      await queue.waitUntilReady();
      await queue.obliterate({ force: true });
    }
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
    await backend.close();
  }
}

function chooseBackend(options: QueueOptions, schema: string, onError: (error: Error) => void): Backend {
  if (options.redisUrl !== undefined) return redisBackend(options.redisUrl, onError);
  if (options.databaseUrl !== undefined) return postgresBackend(options.databaseUrl, schema);
  throw new TypeError('a queue needs a database URL or a Redis URL');
}
