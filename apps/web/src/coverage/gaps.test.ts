import { describe, expect, it } from 'vitest';
import type { Coverage, CoverageCell } from '../api-client/coverage.ts';
import { cellAt, cellName, gapsOf, percentOf } from './gaps.ts';

const cell = (change: Partial<CoverageCell>): CoverageCell => ({
  class: 'access-denied',
  state: 'today',
  count: 1,
  lastSeenAt: null,
  completeness: 1,
  missing: {},
  notExpected: null,
  ...change,
});

const coverage = {
  items: [
    {
      id: 'a:b',
      name: 'A',
      kind: 'http',
      logGroups: [],
      cells: [cell({}), cell({ class: 'log-access', state: 'before' })],
    },
    {
      id: 'c',
      name: 'C',
      kind: 'http',
      logGroups: [],
      cells: [cell({ state: 'never' }), cell({ state: 'not-expected' })],
    },
  ],
} satisfies Pick<Coverage, 'items'>;

describe('coverage', () => {
  it('counts as gaps what was sent before and is not sent any more', () => {
    expect(gapsOf(coverage)).toBe(1);
    expect(gapsOf({ items: [] })).toBe(0);
  });

  it('finds the cell that an address names', () => {
    expect(cellAt(coverage, cellName('a:b', 'log-access'))?.source.name).toBe('A');
    expect(cellAt(coverage, 'log-access:nobody')).toBeUndefined();
    expect(cellAt(coverage, null)).toBeUndefined();
  });

  it('says 100 % only of what is whole', () => {
    expect([1, 0.9999, 0.5, 0].map(percentOf)).toEqual([100, 99, 50, 0]);
  });
});
