import type { Queue as BullQueue } from 'bullmq';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { producer } from './producer.ts';

const answerMs = 20;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that takes its time for each question. */
function slowQueue(): BullQueue {
  const answer = (value: string): Promise<string> =>
    new Promise((resolve) => {
      setTimeout(() => resolve(value), answerMs);
    });
  return {
    waitUntilReady: () => Promise.resolve(),
    getJobState: (id: string) => answer(id.endsWith('0') ? 'completed' : 'delayed'),
  } as unknown as BullQueue;
}

it('answers for however many segments wait for a server that is slow but there', async () => {
  const ids = Array.from({ length: 500 }, (_, index) => String(index));
  const asked = producer(slowQueue).liveSegmentIds(ids);
  const [, live] = await Promise.all([vi.advanceTimersByTimeAsync(2 * ids.length * answerMs), asked]);
  expect(live.size).toBe(450);
});
