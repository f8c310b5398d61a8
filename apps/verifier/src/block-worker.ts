/** A thread of `akashi-verify`: takes batches of blocks and answers what was found in each, in the same order. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkBlock, placeOf, type BlockJob } from './check-block.ts';
import type { BlockWorkerSettings } from './block-pool.ts';
import { openStore } from './read-store.ts';

const { folder, dataKeys, heldBytes } = workerData as BlockWorkerSettings;
const reader = { store: openStore(folder), dataKeys };

parentPort?.on('message', (jobs: readonly BlockJob[]) => {
  parentPort?.postMessage(jobs.map((job) => checkBlock(reader, placeOf(job), heldBytes)));
});
