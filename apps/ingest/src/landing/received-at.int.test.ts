import { afterEach, expect, it } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';
import { openReceiveTimes } from './received-at.ts';

let ingest: TestIngest | undefined;
afterEach(() => ingest?.remove());

it('is of the moved clock while a drill moves it', async () => {
  const yearSeconds = 31_536_000;
  ingest = await openTestIngest({ env: { AKASHI_CLOCK_OFFSET_S: String(yearSeconds), AKASHI_DRILL: '1' } });
  const { receivedAt } = (await (await ingest.post('', 'a line')).json()) as { receivedAt: string };
  expect((Date.parse(receivedAt) - Date.now()) / 1000 / yearSeconds).toBeCloseTo(1, 3);
});

it('never goes back in one process, and never stands still', () => {
  let nowMs = 1_000;
  const next = openReceiveTimes(() => nowMs);
  const first = next();
  nowMs = 0;
  const second = next();
  expect([first, second]).toEqual([1_000_000, 1_000_001]);
  nowMs = 2_000;
  expect(next()).toBe(2_000_000);
});
