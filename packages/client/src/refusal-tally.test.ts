import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRefusalTally } from './refusal-tally.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells addresses beyond the limit as one, and their number', async () => {
  const told = new Map<string, number>();
  const tally = createRefusalTally({
    now: () => new Date(),
    record: ({ first, count }) => {
      told.set(first.address, (told.get(first.address) ?? 0) + count);
      return Promise.resolve();
    },
  });
  for (let n = 0; n < 1500; n += 1) await tally.note({ address: `10.0.${n >> 8}.${n & 255}`, reason: 'no-source' });
  await tally.close();
  expect(told.size).toBe(1001);
  expect(told.get('others')).toBe(500);
});

it('tells the first at once and the others of a minute as one, for each address and reason, and drops none', async () => {
  const told: [string, string, number][] = [];
  let isAway = false;
  const tally = createRefusalTally({
    now: () => new Date(),
    record: ({ first, count }) => {
      if (isAway) return Promise.reject(new Error('away'));
      told.push([first.address, first.reason, count]);
      return Promise.resolve();
    },
  });
  const note = (address: string, reason = 'unknown-key') => tally.note({ address, reason });
  for (let times = 0; times < 5; times += 1) await note('192.0.2.1');
  await note('192.0.2.2');
  await note('192.0.2.1', 'unknown-session');
  expect(told).toEqual([
    ['192.0.2.1', 'unknown-key', 1],
    ['192.0.2.2', 'unknown-key', 1],
    ['192.0.2.1', 'unknown-session', 1],
  ]);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(told).toHaveLength(3);
  isAway = true;
  await vi.advanceTimersByTimeAsync(20_000);
  await note('192.0.2.1');
  await expect(note('192.0.2.3')).rejects.toThrow('away');
  isAway = false;
  await vi.advanceTimersByTimeAsync(70_000);
  expect(told.slice(3)).toEqual([
    ['192.0.2.1', 'unknown-key', 5],
    ['192.0.2.3', 'unknown-key', 1],
  ]);
  await note('192.0.2.1');
  await tally.close();
  expect(told.reduce((sum, [, , count]) => sum + count, 0)).toBe(10);
});

it('waits at its end for what is being told, and tells what fails meanwhile again', async () => {
  const told: number[] = [];
  const underWay: { resolve: () => void; reject: (reason: Error) => void }[] = [];
  const tally = createRefusalTally({
    now: () => new Date(),
    record: ({ count }) => {
      const answer = Promise.withResolvers<void>();
      underWay.push(answer);
      return answer.promise.then(() => void told.push(count));
    },
  });
  void tally.note({ address: '192.0.2.1', reason: 'no-source' });
  tally.note({ address: '192.0.2.2', reason: 'no-source' }).catch(() => undefined);
  let isClosed = false;
  const closing = tally.close().then(() => (isClosed = true));
  await vi.advanceTimersByTimeAsync(0);
  expect(isClosed).toBe(false);
  underWay[0]?.resolve();
  underWay[1]?.reject(new Error('away'));
  await vi.advanceTimersByTimeAsync(0);
  expect(isClosed).toBe(false);
  underWay[2]?.resolve();
  await closing;
  expect(told).toEqual([1, 1]);
});
