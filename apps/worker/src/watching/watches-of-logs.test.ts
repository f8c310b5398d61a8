import { expect, it } from 'vitest';
import { watchesOfLogs } from './watches-of-logs.ts';

it('gives every watch a name of its own, as what each saw is kept by it', () => {
  const database = { platform: { watching: { streams: {}, silence: {} } } };
  const names = watchesOfLogs({ database, now: () => new Date(0) } as never).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
