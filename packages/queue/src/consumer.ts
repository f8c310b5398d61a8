import { UnrecoverableError, type Job, type Worker as BullWorker } from 'bullmq';
import type { Lane } from './lane.ts';
import { answerWithin } from './queue-unavailable-error.ts';
import type { RetryPace } from './retry-delay.ts';
import { jobKinds, type JobKind, type JobPayload, type SegmentPayload } from './job-kinds.ts';

export interface PipelineAttempt {
  /** 1 for the first. */
  attempt: number;
  lane: Lane;
}

export type PipelineHandler = (payload: SegmentPayload, attempt: PipelineAttempt) => Promise<void>;

export interface PipelineConsumer {
  /** Takes no new job and waits for the running ones. */
  close(): Promise<void>;
}

const startDeadlineMs = 5_000;
const startAgainMs = 1_000;
const closeDeadlineMs = 30_000;

/** Keeps trying to start a worker until its server is there; from then on the worker itself survives restarts. */
export function consumer(open: () => BullWorker, onError: (error: Error) => void): PipelineConsumer {
  const stopping = new AbortController();
  const start = async (): Promise<BullWorker | undefined> => {
    while (!stopping.signal.aborted) {
      const worker = open();
      try {
        await answerWithin(worker.waitUntilReady(), startDeadlineMs);
        return worker;
      } catch (error) {
        if (error instanceof Error) onError(error);
        worker.close(true).catch(() => undefined);
        await pause(startAgainMs, stopping.signal);
      }
    }
    return undefined;
  };
  const started = start();
  return {
    close: async () => {
      stopping.abort();
      const worker = await started;
      if (worker !== undefined) await answerWithin(worker.close(), closeDeadlineMs).catch(onError);
    },
  };
}

/** What the queue is told of a failed attempt. */
export class AttemptFault extends Error {
  override readonly name = 'AttemptFault';
  readonly pace: RetryPace;

  constructor(code: string, pace: RetryPace, cause: unknown) {
    super(code, { cause });
    this.pace = pace;
  }
}

/** Reads what a job of a kind carries, of whatever version, and hands it on; one that cannot be read ends. */
export async function runJob<Kind extends JobKind>(
  job: Pick<Job, 'data'>,
  kind: Kind,
  handler: (payload: JobPayload<Kind>) => Promise<void>,
): Promise<void> {
  const payload = jobKinds[kind].read.safeParse(job.data);
  if (!payload.success) throw new UnrecoverableError('payload-invalid');
  await handler(payload.data as JobPayload<Kind>);
}

/** Runs the job of a segment. Only the error's code goes back to the queue: a message could quote a record. */
export function runSegment(job: Job, lane: Lane, handler: PipelineHandler): Promise<void> {
  return runJob(job, 'segment', async (payload) => {
    try {
      await handler(payload, { attempt: job.attemptsMade + 1, lane });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
      const permanent = error instanceof Error && 'retryable' in error && error.retryable === false;
      const pace = error instanceof Error && 'retryPace' in error && error.retryPace === 'seldom' ? 'seldom' : 'soon';
      throw permanent ? new UnrecoverableError(code) : new AttemptFault(code, pace, error);
    }
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
