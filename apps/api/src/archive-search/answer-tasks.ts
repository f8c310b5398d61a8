import type { MessagePort } from 'node:worker_threads';
import type { ThreadAnswer, ThreadTask } from './block-thread.ts';
import { BlockFault } from './search-block.ts';

/** The inner side of a `BlockThread`: one block after the other, as it is given them. */
export function answerTasks<Task extends ThreadTask, Found>(
  port: MessagePort | null,
  find: (task: Task) => Iterable<Found>,
): void {
  const answer = (said: ThreadAnswer<Found>): void => port?.postMessage(said);
  port?.on('message', (task: Task) => {
    try {
      for (const found of find(task)) answer({ kind: 'found', found });
      answer({ kind: 'done' });
    } catch (error) {
      const code = error instanceof BlockFault ? error.code : 'internal';
      answer({ kind: 'failed', code, message: error instanceof Error ? error.message : 'unknown' });
    }
  });
}
