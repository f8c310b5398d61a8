import { describe, expect, it } from 'vitest';
import { periodProblem } from './period-problem.ts';
import { rowColumns, rowTemplate, rowWidth } from './row-columns.ts';
import { countOfShown, flagsOf, rowsFilterOf, shownRowsOf } from './shown-rows.ts';

const counts = { people: [], hosts: [], groups: [], plot: [] };
const run = {
  rows: 40,
  flagged: 5,
  summary: { rows: 40, flagged: 5, byFlag: { 'first-time': 1, 'outside-approval': 4, bulk: 0 }, ...counts },
} as const;
const quiet = { rows: 40, flagged: 0, summary: { rows: 40, flagged: 0, byFlag: {}, ...counts } };

describe('the rows of a run', () => {
  it('are the flagged ones first, and all where none is flagged', () => {
    expect(shownRowsOf(run, { show: null, flag: null })).toEqual({ show: 'flagged', flag: null });
    expect(shownRowsOf(quiet, { show: null, flag: null })).toEqual({ show: 'all', flag: null });
    expect(shownRowsOf(run, { show: 'all', flag: null })).toEqual({ show: 'all', flag: null });
  });

  it('are those of a flag that the run has', () => {
    expect(shownRowsOf(run, { show: null, flag: 'first-time' })).toEqual({ show: 'flagged', flag: 'first-time' });
    expect(shownRowsOf(run, { show: 'all', flag: 'bulk' })).toEqual({ show: 'all', flag: null });
    expect(shownRowsOf(quiet, { show: null, flag: '__proto__' })).toEqual({ show: 'all', flag: null });
  });

  it('are asked for and counted alike', () => {
    const shown = (flag: string | null, show: 'flagged' | 'all' | null = null) => shownRowsOf(run, { show, flag });
    expect(rowsFilterOf(shown('first-time'))).toEqual({ flagged: null, flag: 'first-time' });
    expect(countOfShown(run, shown('first-time'))).toBe(1);
    expect(rowsFilterOf(shown(null))).toEqual({ flagged: true, flag: null });
    expect(countOfShown(run, shown(null))).toBe(5);
    expect(rowsFilterOf(shown(null, 'all'))).toEqual({ flagged: null, flag: null });
    expect(countOfShown(run, shown(null, 'all'))).toBe(40);
  });

  it('have their flags in order of how often they were raised', () => {
    expect(flagsOf(run.summary).map(({ kind }) => kind)).toEqual(['outside-approval', 'first-time']);
    expect(flagsOf(null)).toEqual([]);
  });
});

describe('the columns of a run', () => {
  const defined = ['time', 'person', 'user', 'action', 'origin', 'host', 'outcome'] as const;

  it('begin with the time and why a row is flagged', () => {
    expect(rowColumns(defined, true, 'wide')).toEqual(['time', 'flags', ...defined.slice(1)]);
    expect(rowColumns(defined, false, 'wide')).toEqual([...defined]);
    expect(rowColumns(['action', 'time'], true, 'wide')).toEqual(['time', 'flags', 'action']);
  });

  it('are fewer where there is less room', () => {
    const widthOf = (room: 'wide' | 'beside' | 'tight' | 'narrow') => rowWidth(rowColumns(defined, true, room));
    expect(widthOf('beside')).toBeLessThan(widthOf('wide'));
    expect(widthOf('tight')).toBeLessThan(widthOf('beside'));
    expect(rowTemplate(['time', 'user'])).toBe('156px minmax(96px, 1fr)');
  });
});

describe('a period', () => {
  const at = (day: string) => `${day}T00:00:00.000Z`;

  it.each([
    [at('2026-01-01'), at('2026-01-02'), null],
    [at('2026-01-02'), at('2026-01-01'), 'order'],
    [at('2026-01-01'), at('2026-01-01'), 'order'],
    [at('2026-01-01'), at('2027-01-02'), null],
    [at('2026-01-01'), at('2027-01-03'), 'long'],
    [null, at('2026-01-01'), null],
  ])('from %s to %s', (from, to, problem) => {
    expect(periodProblem(from, to)).toBe(problem);
  });
});
