import { expect, it } from 'vitest';
import { KnownProviders } from './known-providers.ts';

const minuteMs = 60_000;

it('reads once for all who ask, again after ten minutes, and a failure after half of one', async () => {
  let now = 0;
  let reads = 0;
  const known = new KnownProviders<number>(() => now);
  const read = (): Promise<number> => Promise.resolve(++reads);
  expect(await Promise.all([known.get(['a'], read), known.get(['a'], read)])).toEqual([1, 1]);
  expect(await known.get(['a', ''], read)).toBe(2);
  now = 10 * minuteMs;
  expect(await known.get(['a'], read)).toBe(3);
  const failing = (): Promise<number> => {
    reads += 1;
    return Promise.reject(new Error('away'));
  };
  await expect(known.get(['b'], failing)).rejects.toThrow('away');
  await expect(known.get(['b'], failing)).rejects.toThrow('away');
  expect(reads).toBe(4);
  now += minuteMs / 2;
  expect(await known.get(['b'], read)).toBe(5);
});

it('holds no more than it has room for, whatever is asked', async () => {
  let reads = 0;
  const known = new KnownProviders<number>(() => 0);
  const read = (): Promise<number> => Promise.resolve(++reads);
  for (let at = 0; at < 2_000; at += 1) await known.get([String(at)], read);
  expect(await known.get(['1999'], read)).toBe(2_000);
  expect(await known.get(['0'], read)).toBe(2_001);
});
