import { expect, it } from 'vitest';
import { isOver, isPastOnline, rollOverAfterBytes, shouldRollOver } from './index-age.ts';
import { periodEnd } from './placement.ts';

const nowMs = Date.parse('2026-11-30T00:00:00Z');
const dayMs = 86_400_000;
const index = (oldest: number, newest = oldest, bytes = 1_000) => ({ name: 'i', bytes, received: { oldest, newest } });
const empty = { name: 'i', bytes: 0, received: null };
const place = { onlineDays: 90, tenantId: null, fromMs: nowMs - 100 * dayMs };

it('rolls over what is large, and never what is empty', () => {
  expect(shouldRollOver(index(nowMs))).toBe(false);
  expect(shouldRollOver(index(nowMs, nowMs, rollOverAfterBytes))).toBe(true);
  expect(shouldRollOver({ ...empty, bytes: rollOverAfterBytes })).toBe(false);
});

it('keeps an index until its newest record is past its days online', () => {
  expect(isPastOnline(index(0, nowMs - 90 * dayMs), place, nowMs)).toBe(false);
  expect(isPastOnline(index(0, nowMs - 90 * dayMs - 1), place, nowMs)).toBe(true);
  expect(isPastOnline(index(0, nowMs - 90 * dayMs - 1), { ...place, onlineDays: 91 }, nowMs)).toBe(false);
});

it('keeps an empty index as long as one with a record at the end of its period', () => {
  const end = periodEnd(place.fromMs);
  expect(isPastOnline(empty, place, end + 90 * dayMs)).toBe(false);
  expect(isPastOnline(empty, place, end + 90 * dayMs + 1)).toBe(true);
});

it('writes to no stream whose period has ended', () => {
  expect(isOver(place, periodEnd(place.fromMs) - 1)).toBe(false);
  expect(isOver(place, periodEnd(place.fromMs))).toBe(true);
});
