import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { StoredDocument } from '@akashi/search';
import { AppError } from '@akashi/server-kit';
import type { BlockQuestion } from './search-block.ts';
import type { ThreadAnswer, ThreadTask } from './search-block-thread.ts';

/** A thread of its own for one search: what reading and comparing cost is no other request's. */
export class BlockSearcher {
  readonly #worker: Worker;

  constructor(question: BlockQuestion) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const file = fileURLToPath(new URL(`./search-block-thread.${extension}`, import.meta.url));
    this.#worker = new Worker(file, { workerData: question });
    // A fault is met by whoever waits for the answer.
    this.#worker.on('error', () => undefined);
  }

  /** Batches of hits of one block, newest first. Throws `evidence-altered` for an object that is not what was sealed. */
  async *search(task: ThreadTask, signal: AbortSignal): AsyncGenerator<readonly StoredDocument[]> {
    const answers: ThreadAnswer[] = [];
    const listen = (answer: ThreadAnswer): void => void answers.push(answer);
    this.#worker.on('message', listen);
    try {
      this.#worker.postMessage(task);
      for (;;) {
        if (answers.length === 0) await once(this.#worker, 'message', { signal });
        const answer = answers.shift();
        if (answer === undefined) continue;
        if (answer.kind === 'done') return;
        if (answer.kind === 'failed') throw faultOf(answer, task.block.number);
        yield answer.hits;
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

function faultOf({ code, message }: Extract<ThreadAnswer, { kind: 'failed' }>, block: number): Error {
  if (code !== 'evidence-altered') return new Error(`the archive could not be searched: ${message}`);
  return new AppError('evidence-altered', { params: { object: `block ${block}` }, reason: message });
}
