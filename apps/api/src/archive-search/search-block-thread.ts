import { parentPort, workerData } from 'node:worker_threads';
import type { StoredDocument } from '@akashi/search';
import { BlockFault, searchBlock, type BlockQuestion, type BlockToSearch } from './search-block.ts';

export interface ThreadTask {
  readonly block: BlockToSearch;
  /** No more hits than this are told of. */
  readonly most: number;
}

/** Hits as they are found, and then how it ended. */
export type ThreadAnswer =
  | { readonly kind: 'hits'; readonly hits: readonly StoredDocument[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

const question = workerData as BlockQuestion;

const answer = (said: ThreadAnswer): void => parentPort?.postMessage(said);

/** One block after the other, as it is given them. */
parentPort?.on('message', ({ block, most }: ThreadTask) => {
  try {
    let left = most;
    for (const hits of searchBlock(block, question)) {
      answer({ kind: 'hits', hits: hits.slice(0, left) });
      left -= hits.length;
      if (left <= 0) break;
    }
    answer({ kind: 'done' });
  } catch (error) {
    const code = error instanceof BlockFault ? error.code : 'internal';
    answer({ kind: 'failed', code, message: error instanceof Error ? error.message : 'unknown' });
  }
});
