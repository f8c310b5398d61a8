import { parentPort, workerData } from 'node:worker_threads';
import type { StoredDocument } from '@akashi/search';
import { answerTasks } from './answer-tasks.ts';
import type { ThreadTask } from './block-thread.ts';
import { searchBlock, type BlockQuestion } from './search-block.ts';

export interface SearchTask extends ThreadTask {
  /** No more hits than this are told of. */
  readonly most: number;
}

const question = workerData as BlockQuestion;

answerTasks(parentPort, function* ({ block, most }: SearchTask): Generator<StoredDocument[]> {
  let left = most;
  for (const hits of searchBlock(block, question)) {
    yield hits.slice(0, left);
    left -= hits.length;
    if (left <= 0) return;
  }
});
