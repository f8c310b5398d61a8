import { expect, it } from 'vitest';
import { isPastOnline, rollOverAfterBytes, rollOverAfterMs, shouldRollOver } from './index-age.ts';

const nowMs = Date.parse('2026-11-30T00:00:00Z');
const dayMs = 86_400_000;
const index = (oldest: number, newest = oldest, bytes = 1_000) => ({ name: 'i', bytes, received: { oldest, newest } });

it('rolls over what is old or large, and never what is empty', () => {
  expect(shouldRollOver(index(nowMs - rollOverAfterMs), nowMs)).toBe(true);
  expect(shouldRollOver(index(nowMs - rollOverAfterMs + 1), nowMs)).toBe(false);
  expect(shouldRollOver(index(nowMs, nowMs, rollOverAfterBytes), nowMs)).toBe(true);
  expect(shouldRollOver({ name: 'i', bytes: rollOverAfterBytes, received: null }, nowMs)).toBe(false);
});

it('keeps an index until its newest record is past its days online', () => {
  expect(isPastOnline(index(0, nowMs - 90 * dayMs), 90, nowMs)).toBe(false);
  expect(isPastOnline(index(0, nowMs - 90 * dayMs - 1), 90, nowMs)).toBe(true);
  expect(isPastOnline({ name: 'i', bytes: 0, received: null }, 90, nowMs)).toBe(true);
});
