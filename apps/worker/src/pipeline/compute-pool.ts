import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { MaskedBlock, MaskRecordsInput } from './mask-records.ts';
import type { NormalizedBlock, NormalizeInput, PlainTextInput } from './normalize-records.ts';

/** The CPU-bound steps of the pipeline, each on a worker thread. */
export interface ComputePool {
  mask(input: MaskRecordsInput): Promise<MaskedBlock>;
  normalize(input: NormalizeInput): Promise<NormalizedBlock>;
  plainText(input: PlainTextInput): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Starts a pool whose threads read the keys themselves; in a build the thread's file is the compiled one beside this. */
export function openComputePool({ threads, keysFolder }: { threads: number; keysFolder: string }): ComputePool {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const pool = new Piscina({
    filename: fileURLToPath(new URL(`./compute-thread.${extension}`, import.meta.url)),
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 60_000,
  });
  return {
    mask: (input) => pool.run({ ...input, keysFolder }, { name: 'mask' }) as Promise<MaskedBlock>,
    normalize: (input) => pool.run(input, { name: 'normalize' }) as Promise<NormalizedBlock>,
    plainText: (input) => pool.run(input, { name: 'plainText' }) as Promise<Uint8Array>,
    close: () => pool.close({ force: false }),
  };
}
