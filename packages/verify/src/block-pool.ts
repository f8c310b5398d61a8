/** Threads that read, hash and open blocks while the log is walked. Each holds one block at a time. */
import { Worker } from 'node:worker_threads';
import type { BlockJob, BlockOutcome } from './check-block.ts';
import type { SourceModule } from './object-source.ts';

export interface BlockWorkerSettings {
  source: SourceModule;
  dataKeys: ReadonlyMap<string, Uint8Array> | null;
  /** Larger objects are answered with null, so that several of them are never held at once. */
  heldBytes: number;
}

export interface BlockAnswer {
  /** Stored bytes, as far as they are known: what a batch is measured by. */
  bytes: number;
  /** Called once with what was found; with null when the block is too large for a thread. */
  done: (outcome: BlockOutcome | null) => void;
}

export interface BlockPool {
  /** Hands a block over. When it returns a promise, more are to be given only after that. */
  check(job: BlockJob, answer: BlockAnswer): Promise<void> | null;
  /** Resolves when every block was answered, and ends the threads. Throws what a thread failed of. */
  finish(): Promise<void>;
}

interface Lane {
  worker: Worker;
  /** Batches that were sent and not answered yet. */
  sent: BlockAnswer[][];
}

const heldBytes = 32 * 1024 * 1024;
const batchBytes = 4 * 1024 * 1024;
const batchBlocks = 256;
/** One that is being checked, and one that lies ready. */
const batchesPerLane = 2;

export function openBlockPool(settings: {
  source: SourceModule;
  dataKeys: ReadonlyMap<string, Uint8Array> | null;
  threads: number;
}): BlockPool {
  const lanes = Array.from({ length: settings.threads }, () => openLane(settings));
  let jobs: BlockJob[] = [];
  let answers: BlockAnswer[] = [];
  let bytes = 0;
  let fault: Error | null = null;
  let wake = (): void => undefined;

  for (const lane of lanes) {
    lane.worker.on('message', (outcomes: (BlockOutcome | null)[]) => {
      lane.sent.shift()?.forEach(({ done }, index) => done(outcomes[index] ?? null));
      wake();
    });
    lane.worker.on('error', (error) => {
      fault ??= error instanceof Error ? error : new Error(String(error));
      wake();
    });
  }

  async function until(met: () => boolean): Promise<void> {
    while (fault === null && !met()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (fault !== null) throw fault;
  }

  const idlest = (): Lane => lanes.reduce((left, right) => (right.sent.length < left.sent.length ? right : left));

  async function send(): Promise<void> {
    const batch = { jobs, answers };
    jobs = [];
    answers = [];
    bytes = 0;
    await until(() => idlest().sent.length < batchesPerLane);
    const lane = idlest();
    lane.sent.push(batch.answers);
    lane.worker.postMessage(batch.jobs);
  }

  return {
    check(job, answer) {
      jobs.push(job);
      answers.push(answer);
      bytes += answer.bytes;
      return bytes >= batchBytes || jobs.length >= batchBlocks ? send() : null;
    },
    async finish() {
      try {
        if (jobs.length > 0) await send();
        await until(() => lanes.every(({ sent }) => sent.length === 0));
      } finally {
        await Promise.all(lanes.map(({ worker }) => worker.terminate()));
      }
    },
  };
}

function openLane({ source, dataKeys }: Pick<BlockWorkerSettings, 'source' | 'dataKeys'>): Lane {
  const keys = dataKeys === null ? null : new Map([...dataKeys].map(([id, key]) => [id, new Uint8Array(key)]));
  const workerData: BlockWorkerSettings = { source, dataKeys: keys, heldBytes };
  // From source the packages have no build yet: the thread is told where to find theirs.
  const fromSource = import.meta.url.endsWith('.ts');
  const entry = new URL(fromSource ? './block-worker.ts' : './block-worker.js', import.meta.url);
  const worker = new Worker(entry, { workerData, ...(fromSource ? { execArgv: ['--conditions=source'] } : {}) });
  return { worker, sent: [] };
}
