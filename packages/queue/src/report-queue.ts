import type { Backend } from './backend.ts';
import { consumer, runJob, type PipelineConsumer } from './consumer.ts';
import { jobIds, reportRunPayload, type JobKind, type ReportRunPayload } from './job-kinds.ts';
import { lazyQueues } from './lazy-queues.ts';

export type ReportRunHandler = (payload: ReportRunPayload) => Promise<void>;

export interface ReportQueue {
  enqueue(payload: ReportRunPayload): Promise<void>;
  consume(handler: ReportRunHandler, concurrency: number): PipelineConsumer;
  close(): Promise<void>;
}

interface Parts {
  readonly backend: Backend;
  /** The key prefix where the back end needs one. */
  readonly named: { readonly prefix?: string };
  readonly onError: (error: Error) => void;
}

const queueName = 'reports';
const runName = 'report-run' satisfies JobKind;
/** After a crash a job comes back within this time and half of it; whether it is still to be done, the table says. */
const lockMs = 30_000;
const maxStalledCount = 1_000;
const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 } as const;

/** Runs of reports, for whichever worker is free. The queue only spreads them; once and no more is the table's part. */
export function reportQueue({ backend, named, onError }: Parts): ReportQueue {
  const queues = lazyQueues(['runs'], () => {
    const queue = backend.queue(queueName, { ...named, defaultJobOptions: jobOptions });
    queue.on('error', onError);
    return queue;
  });
  return {
    enqueue: async (payload) => {
      const data = reportRunPayload.parse(payload);
      await queues.ask(({ runs }) => runs.add(runName, data, { jobId: jobIds[runName](data) }));
    },
    consume: (handler, concurrency) =>
      consumer(() => {
        const worker = backend.worker(queueName, (job) => runJob(job, runName, handler), {
          ...named,
          concurrency,
          lockDuration: lockMs,
          stalledInterval: lockMs / 2,
          maxStalledCount,
        });
        worker.on('error', onError);
        return worker;
      }, onError),
    close: () => queues.close(),
  };
}
