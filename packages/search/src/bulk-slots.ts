import { SearchFault } from './search-fault.ts';

/**
 * How many bodies are on their way to the index server at a time, over all blocks of a process. Whoever came first goes
 * first, so that blocks end one after the other: the next one is prepared while those behind keep the server busy.
 */
export interface BulkSlots {
  /** Resolves with the slot's release. Rejects with `search-aborted` when the signal aborts before there is one. */
  take(turn: number, signal?: AbortSignal): Promise<() => void>;
  /** A place in the order, behind all that were given before. */
  nextTurn(): number;
}

interface Waiting {
  readonly turn: number;
  readonly begin: () => void;
}

export function createBulkSlots(count: number): BulkSlots {
  const waiting: Waiting[] = [];
  let free = count;
  let turns = 0;

  function release(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next.begin();
  }

  function releaseOnce(): () => void {
    let isReleased = false;
    return () => {
      if (!isReleased) release();
      isReleased = true;
    };
  }

  return {
    nextTurn: () => ++turns,
    async take(turn, signal) {
      if (signal?.aborted === true) throw new SearchFault('search-aborted');
      if (free > 0) {
        free -= 1;
        return releaseOnce();
      }
      return new Promise((resolve, reject) => {
        const begin = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve(releaseOnce());
        };
        const entry = { turn, begin };
        const abort = (): void => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(new SearchFault('search-aborted'));
        };
        signal?.addEventListener('abort', abort, { once: true });
        const place = waiting.findIndex((other) => other.turn > turn);
        waiting.splice(place < 0 ? waiting.length : place, 0, entry);
      });
    },
  };
}
