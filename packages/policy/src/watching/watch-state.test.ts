import { expect, it } from 'vitest';
import { watchState } from './watch-state.ts';

it('is green only because something was seen within its time', () => {
  const now = new Date(1_800_000_000_000);
  const seen = (agoMs: number | null, isWrong = false) =>
    watchState({ isWrong, lastGoodAt: agoMs === null ? null : new Date(now.getTime() - agoMs), withinMs: 60_000 }, now);
  expect([seen(0), seen(60_000), seen(60_001), seen(null)]).toEqual(['ok', 'ok', 'unknown', 'unknown']);
  expect([seen(0, true), seen(null, true)]).toEqual(['wrong', 'wrong']);
});
