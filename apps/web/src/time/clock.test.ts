import { afterEach, expect, it, vi } from 'vitest';
import { readEnv } from '../env.ts';
import { clockOffsetAttribute, nowMilliseconds } from './clock.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

it('is the browser’s, moved by what the page says', () => {
  vi.useFakeTimers({ now: 1_000_000 });
  expect(nowMilliseconds()).toBe(1_000_000);
  const attributes: Record<string, string> = { [clockOffsetAttribute]: '-60' };
  vi.stubGlobal('document', { documentElement: { getAttribute: (name: string) => attributes[name] ?? null } });
  expect(nowMilliseconds()).toBe(940_000);
  delete attributes[clockOffsetAttribute];
  expect(nowMilliseconds()).toBe(1_000_000);
});

it('is moved on the server for drills alone', () => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubEnv('AKASHI_CLOCK_OFFSET_S', '60');
  vi.stubEnv('AKASHI_DRILL', '');
  expect(() => readEnv()).toThrow('set AKASHI_DRILL=1 as well');
  vi.stubEnv('AKASHI_DRILL', '1');
  expect(readEnv()).toMatchObject({ clockOffsetSeconds: 60 });
  expect(readEnv().now()).toBe(1_060_000);
  vi.stubEnv('AKASHI_CLOCK_OFFSET_S', '1.5');
  expect(() => readEnv()).toThrow('a whole number of seconds');
});
