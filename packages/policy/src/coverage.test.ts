import { eventClasses } from '@akashi/log-event';
import { describe, expect, it } from 'vitest';
import { coverageOf, type SeenClass } from './coverage.ts';

const seen = (change: Partial<SeenClass>): SeenClass => ({
  class: 'access-denied',
  count: 0,
  lastMs: 1_000,
  judged: 0,
  missing: {},
  ...change,
});

const cellOf = (found: readonly SeenClass[], notExpected: readonly string[] = []) =>
  coverageOf(found, new Set(notExpected)).find((cell) => cell.class === 'access-denied');

describe('coverage of a source', () => {
  it('has a cell for each class, in their order', () => {
    expect(coverageOf([], new Set()).map((cell) => cell.class)).toEqual(eventClasses);
  });

  it.each([
    ['today', [seen({ count: 3 })], []],
    ['today', [seen({ count: 3 })], ['access-denied']],
    ['before', [seen({})], []],
    ['never', [], ['log-control']],
    ['not-expected', [seen({})], ['access-denied']],
    ['not-expected', [], ['access-denied']],
  ] as const)('says %s', (state, found, notExpected) => {
    expect(cellOf(found, notExpected)).toMatchObject({ state, lastMs: found[0]?.lastMs ?? null });
  });

  it('scores the six fields by what the events of the day have', () => {
    expect(cellOf([seen({ count: 2, judged: 2 })])?.completeness).toBe(1);
    expect(cellOf([seen({ count: 2, judged: 2, missing: { user: 2, object: 1 } })])?.completeness).toBe(0.75);
    expect(cellOf([seen({})])?.completeness).toBeNull();
    expect(cellOf([seen({ count: 2, judged: 0 })])?.completeness).toBeNull();
  });
});
