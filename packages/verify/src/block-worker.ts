/** A thread of a verification: takes batches of blocks and answers what was found in each, in the same order. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkBlock, placeOf, type BlockJob, type BlockOutcome } from './check-block.ts';
import type { BlockWorkerSettings } from './block-pool.ts';
import type { ObjectSource } from './object-source.ts';
import { openStore } from './object-store.ts';

const { source, dataKeys, heldBytes } = workerData as BlockWorkerSettings;
const { openSource } = (await import(source.module)) as { openSource: (settings: unknown) => ObjectSource };
const reader = { store: openStore(openSource(source.settings)), dataKeys };
let last: Promise<void> = Promise.resolve();

async function answer(jobs: readonly BlockJob[]): Promise<void> {
  const outcomes: (BlockOutcome | null)[] = [];
  for (const job of jobs) outcomes.push(await checkBlock(reader, placeOf(job), heldBytes));
  parentPort?.postMessage(outcomes);
}

// One batch after the other: a thread holds one block at a time.
parentPort?.on('message', (jobs: readonly BlockJob[]) => {
  last = last.then(() => answer(jobs));
});
