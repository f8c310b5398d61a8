import type { Backend } from './backend.ts';
import { consumer, runJob, type PipelineConsumer } from './consumer.ts';
import { jobIds, jobKinds, type JobKind, type JobPayload } from './job-kinds.ts';
import { lazyQueues } from './lazy-queues.ts';

const queueNames = {
  ['report-run' satisfies JobKind]: 'reports',
  ['restore' satisfies JobKind]: 'restores',
} as const;

/** Kinds whose work waits as rows of a table. */
export type RowKind = keyof typeof queueNames;

export type RowHandler<Kind extends RowKind> = (payload: JobPayload<Kind>) => Promise<void>;

export interface RowQueue<Kind extends RowKind> {
  enqueue(payload: JobPayload<Kind>): Promise<void>;
  consume(handler: RowHandler<Kind>, concurrency: number): PipelineConsumer;
  close(): Promise<void>;
}

interface Parts {
  readonly backend: Backend;
  /** The key prefix where the back end needs one. */
  readonly named: { readonly prefix?: string };
  readonly onError: (error: Error) => void;
}

/** After a crash a job comes back within this time and half of it; whether it is still to be done, the table says. */
const lockMs = 30_000;
const maxStalledCount = 1_000;
const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 } as const;

/** Work for whichever worker is free. The queue only spreads it; once and no more is the table's part. */
export function rowQueue<Kind extends RowKind>(kind: Kind, { backend, named, onError }: Parts): RowQueue<Kind> {
  const queueName = queueNames[kind];
  const queues = lazyQueues(['rows'], () => {
    const queue = backend.queue(queueName, { ...named, defaultJobOptions: jobOptions });
    queue.on('error', onError);
    return queue;
  });
  const jobId = jobIds[kind] as (payload: JobPayload<Kind>) => string;
  return {
    enqueue: async (payload) => {
      const data = jobKinds[kind].write.parse(payload) as JobPayload<Kind>;
      await queues.ask(({ rows }) => rows.add(kind, data, { jobId: jobId(data) }));
    },
    consume: (handler, concurrency) =>
      consumer(() => {
        const worker = backend.worker(queueName, (job) => runJob(job, kind, handler), {
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
