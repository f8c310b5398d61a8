import { fileURLToPath } from 'node:url';
import type { Lane } from '@akashi/queue';
import { Piscina, queueOptionsSymbol, type PiscinaTask, type TaskQueue } from 'piscina';
import type { JoinedBlock } from '../sealing/join-block.ts';
import type { MaskedSegment } from '../sealing/masked-memory.ts';
import type { MaskRecordsInput } from './mask-records.ts';
import type { NormalizedPart, NormalizeInput, PlainTextInput } from './normalize-records.ts';
import { ownBytes } from './own-bytes.ts';
import { SpareMemory } from './spare-memory.ts';

/** The CPU-bound steps of the pipeline, each on a worker thread. */
export interface ComputePool {
  mask(input: MaskRecordsInput, lane: Lane): Promise<MaskedSegment>;
  /** Moves the memory of the segments to the thread: they are gone afterwards. */
  join(segments: readonly MaskedSegment[]): Promise<JoinedBlock>;
  /** Moves the payload's memory to the thread: the caller goes on with the payload of the answer. */
  normalize(input: NormalizeInput, lane: Lane): Promise<NormalizedPart>;
  plainText(input: PlainTextInput): Promise<Uint8Array>;
  /** A body that nothing reads any more: a later one is written into its memory. */
  giveBack(body: Buffer): void;
  close(): Promise<void>;
}

/** A step that failed on its thread, with the code that it failed with there. */
export class ComputeFault extends Error {
  override readonly name = 'ComputeFault';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function withCode(error: unknown): never {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(error instanceof Error) || typeof cause !== 'object' || cause === null || !('code' in cause)) throw error;
  throw new ComputeFault(String(cause.code), error.message);
}

interface TaskOptions {
  readonly lane: Lane;
}

/**
 * The express lane first. Then what is nearest to the end of the pipeline: bodies for the index are few at a time, because
 * the index takes them one by one, and a whole segment is masked in the time that one of them takes.
 */
class NearestEndFirst implements TaskQueue {
  readonly #express: PiscinaTask[] = [];
  /** To be indexed or joined into a block. */
  readonly #ending: PiscinaTask[] = [];
  readonly #masking: PiscinaTask[] = [];

  get size(): number {
    return this.#express.length + this.#ending.length + this.#masking.length;
  }

  shift(): PiscinaTask | null {
    return this.#express.shift() ?? this.#ending.shift() ?? this.#masking.shift() ?? null;
  }

  push(task: PiscinaTask): void {
    this.#lineOf(task).push(task);
  }

  remove(task: PiscinaTask): void {
    for (const tasks of [this.#express, this.#ending, this.#masking]) {
      const at = tasks.indexOf(task);
      if (at >= 0) tasks.splice(at, 1);
    }
  }

  #lineOf(task: PiscinaTask): PiscinaTask[] {
    const options = task[queueOptionsSymbol] as TaskOptions | null;
    if (options?.lane === 'express') return this.#express;
    return task.name === 'mask' ? this.#masking : this.#ending;
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
    mask: (input, lane) => {
      const options: TaskOptions = { lane };
      const task = { ...input, keysFolder, [queueOptionsSymbol]: options };
      return pool.run(task, { name: 'mask' }).catch(withCode) as Promise<MaskedSegment>;
    },
    join: (segments) => {
      const owned = segments.map((segment) => ({
        ...segment,
        payload: ownBytes(segment.payload),
        leafHashes: ownBytes(segment.leafHashes),
      }));
      const transferList = owned.flatMap(({ payload, leafHashes }) => [payload.buffer, leafHashes.buffer]);
      return pool.run({ segments: owned }, { name: 'join', transferList }).catch(withCode) as Promise<JoinedBlock>;
    },
    normalize: (input, lane) => {
      const payload = ownBytes(input.payload);
      const memory = spare.take();
      const transferList = memory === undefined ? [payload.buffer] : [payload.buffer, memory.buffer];
      const options: TaskOptions = { lane };
      const task = { ...input, payload, memory, [queueOptionsSymbol]: options };
      return pool.run(task, { name: 'normalize', transferList }).catch(withCode) as Promise<NormalizedPart>;
    },
    giveBack: (body) => spare.put(body),
    plainText: (input) => pool.run(input, { name: 'plainText' }).catch(withCode) as Promise<Uint8Array>,
    close: () => pool.close({ force: false }),
  };
}
