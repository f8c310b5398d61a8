import { fileURLToPath } from 'node:url';
import { Piscina, type PiscinaTask, type TaskQueue } from 'piscina';
import type { MaskedBlock, MaskRecordsInput } from './mask-records.ts';
import type { NormalizedPart, NormalizeInput, PlainTextInput } from './normalize-records.ts';
import { ownBytes } from './own-bytes.ts';
import { SpareMemory } from './spare-memory.ts';

/** The CPU-bound steps of the pipeline, each on a worker thread. */
export interface ComputePool {
  mask(input: MaskRecordsInput): Promise<MaskedBlock>;
  /** Moves the payload's memory to the thread: the caller goes on with the payload of the answer. */
  normalize(input: NormalizeInput): Promise<NormalizedPart>;
  plainText(input: PlainTextInput): Promise<Uint8Array>;
  /** A body that nothing reads any more: a later one is written into its memory. */
  giveBack(body: Buffer): void;
  close(): Promise<void>;
}

/**
 * What is nearest to the end of the pipeline goes first: bodies for the index are few at a time, because the index takes
 * them one by one, and a whole segment is masked in the time that one of them takes.
 */
class NearestEndFirst implements TaskQueue {
  readonly #masking: PiscinaTask[] = [];
  readonly #indexing: PiscinaTask[] = [];

  get size(): number {
    return this.#masking.length + this.#indexing.length;
  }

  shift(): PiscinaTask | null {
    return this.#indexing.shift() ?? this.#masking.shift() ?? null;
  }

  push(task: PiscinaTask): void {
    (task.name === 'mask' ? this.#masking : this.#indexing).push(task);
  }

  remove(task: PiscinaTask): void {
    for (const tasks of [this.#masking, this.#indexing]) {
      const at = tasks.indexOf(task);
      if (at >= 0) tasks.splice(at, 1);
    }
  }
}

/** Starts a pool whose threads read the keys themselves; in a build the thread's file is the compiled one beside this. */
export function openComputePool({ threads, keysFolder }: { threads: number; keysFolder: string }): ComputePool {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const spare = new SpareMemory();
  const pool = new Piscina({
    filename: fileURLToPath(new URL(`./compute-thread.${extension}`, import.meta.url)),
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 60_000,
    taskQueue: new NearestEndFirst(),
  });
  return {
    mask: (input) => pool.run({ ...input, keysFolder }, { name: 'mask' }) as Promise<MaskedBlock>,
    normalize: (input) => {
      const payload = ownBytes(input.payload);
      const memory = spare.take();
      const transferList = memory === undefined ? [payload.buffer] : [payload.buffer, memory.buffer];
      return pool.run({ ...input, payload, memory }, { name: 'normalize', transferList }) as Promise<NormalizedPart>;
    },
    giveBack: (body) => spare.put(body),
    plainText: (input) => pool.run(input, { name: 'plainText' }) as Promise<Uint8Array>,
    close: () => pool.close({ force: false }),
  };
}
