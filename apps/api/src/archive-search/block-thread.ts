import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '@akashi/server-kit';
import type { BlockToSearch } from './search-block.ts';

/** What is asked of one block. */
export interface ThreadTask {
  readonly block: BlockToSearch;
}

/** Parts as they are found, and then how it ended. */
export type ThreadAnswer<Found> =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** A thread of its own for one walk over blocks: what reading and comparing cost is no other request's. */
export class BlockThread<Task extends ThreadTask, Found> {
  readonly #worker: Worker;

  /** `module` as it is seen from this file, without its ending; `question` is for all blocks. */
  constructor(module: string, question: object) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(fileURLToPath(new URL(`${module}.${extension}`, import.meta.url)), {
      workerData: question,
    });
    // A fault is met by whoever waits for the answer.
    this.#worker.on('error', () => undefined);
  }

  /** What one block holds, part by part. Throws `evidence-altered` for an object that is not what was sealed. */
  async *ask(task: Task, signal: AbortSignal): AsyncGenerator<Found, void, undefined> {
    const answers: ThreadAnswer<Found>[] = [];
    const listen = (answer: ThreadAnswer<Found>): void => void answers.push(answer);
    this.#worker.on('message', listen);
    try {
      this.#worker.postMessage(task);
      for (;;) {
        if (answers.length === 0) await once(this.#worker, 'message', { signal });
        const answer = answers.shift();
        if (answer === undefined) continue;
        if (answer.kind === 'done') return;
        if (answer.kind === 'failed') throw faultOf(answer, task.block.number);
        yield answer.found;
      }
    } finally {
      this.#worker.off('message', listen);
    }
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

function faultOf({ code, message }: { readonly code: string; readonly message: string }, block: number): Error {
  if (code !== 'evidence-altered') return new Error(`the archive could not be read: ${message}`);
  return new AppError('evidence-altered', { params: { object: `block ${block}` }, reason: message });
}
