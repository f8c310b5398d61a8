import type { Queue as BullQueue } from 'bullmq';
import { answerWithin } from './queue-unavailable-error.ts';

const answerDeadlineMs = 5_000;

export interface LazyQueues<Name extends string> {
  /** Asks with all queues open; rejects with a QueueUnavailableError when there is no answer in time. */
  ask<T>(question: (queues: Readonly<Record<Name, BullQueue>>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Queues that are opened at the first question, and again at the next one if that failed: a queue that was opened while its
 * server was away would remember the failure for ever.
 */
export function lazyQueues<Name extends string>(
  names: readonly Name[],
  open: (name: Name) => BullQueue,
): LazyQueues<Name> {
  type Queues = Readonly<Record<Name, BullQueue>>;
  let opened: Promise<Queues> | undefined;
  const ready = async (): Promise<Queues> => {
    const queues = Object.fromEntries(names.map((name) => [name, open(name)])) as Record<Name, BullQueue>;
    const all = Object.values<BullQueue>(queues);
    try {
      await answerWithin(Promise.all(all.map((queue) => queue.waitUntilReady())), answerDeadlineMs);
      return queues;
    } catch (error) {
      opened = undefined;
      for (const queue of all) queue.close().catch(() => undefined);
      throw error;
    }
  };
  return {
    ask: async (question) => {
      opened ??= ready();
      return answerWithin(question(await opened), answerDeadlineMs);
    },
    close: async () => {
      const queues = await opened?.catch(() => undefined);
      const closing = Object.values<BullQueue>(queues ?? {}).map((queue) => queue.close());
      await answerWithin(Promise.all(closing), answerDeadlineMs).catch(() => undefined);
    },
  };
}
