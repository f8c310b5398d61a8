import { array, assert, constantFrom, integer, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../row/report-row.ts';
import { RowShapes } from './row-shapes.ts';
import { usualRange, type FormerDay } from './usual-range.ts';
import { judgeDay, verdictVersion, type JudgedDay } from './verdict.ts';

const dayMs = 86_400_000;
const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);
const monday = '2026-11-30';
const weeks = (...rows: number[]): FormerDay[] =>
  rows.map((count, at) => ({ day: dayBefore(monday, 7 * (at + 1)), rows: count }));

describe('the usual range', () => {
  it('is not known below four days of the same weekday', () => {
    expect(usualRange(monday, weeks(10, 11, 12))).toBeNull();
    const others = Array.from({ length: 60 }, (_, at) => ({ day: dayBefore(monday, at), rows: 5 }));
    expect(
      usualRange(
        monday,
        others.filter(({ day }) => Date.parse(day) % (7 * dayMs) !== Date.parse(monday) % (7 * dayMs)),
      ),
    ).toBeNull();
    expect(usualRange(monday, others)?.days).toBe(8);
  });

  it('is not moved by one wild day', () => {
    expect(usualRange(monday, weeks(10, 11, 9, 10, 10, 100_000))).toEqual({ low: 0, middle: 10, high: 20, days: 6 });
    expect(usualRange(monday, weeks(1000, 1010, 990, 1005, 995))).toEqual({
      low: 905,
      middle: 1000,
      high: 1095,
      days: 5,
    });
  });

  it('of rarer reports counts every period', () => {
    const months = ['2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31'].map((day) => ({ day, rows: 4 }));
    expect(usualRange(monday, months, 'month')?.days).toBe(4);
  });

  it('holds the median, is as wide as the spread, and looks at nothing after the day', () => {
    assert(
      property(array(nat(100_000), { minLength: 4, maxLength: 30 }), nat(10_000), (rows, later) => {
        const usual = usualRange(monday, weeks(...rows));
        expect(usual).toEqual(usualRange(monday, [...weeks(...rows), { day: '2026-12-07', rows: later }]));
        expect(usual?.low).toBeLessThanOrEqual(usual?.middle ?? -1);
        expect(usual?.high).toBeGreaterThan(usual?.middle ?? Infinity);
        expect(usual?.low).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a verdict', () => {
  const usual = { low: 5, middle: 10, high: 15, days: 4 };
  const rules = { blocks: 3, firstBlock: 7, lastBlock: 9, decided: 3, unsealed: 0, rules: 40, revision: 12 };
  const ran = { code: 'rules-ran', params: { count: 40, revision: 12, blocks: 3, from: 7, to: 9 } };
  const quiet: JudgedDay = {
    isRunDone: true,
    rows: 10,
    flagged: 0,
    usual,
    newShapes: 0,
    incidents: [],
    silentSources: 0,
    alerts: 0,
    rules,
  };
  const codes = (day: Partial<JudgedDay>) => {
    const all = judgeDay({ ...quiet, ...day }).reasons.map(({ code }) => code);
    expect(all.at(-1)).toBe('rules-ran');
    return all.slice(0, -1);
  };

  it('says why nobody has to look', () => {
    expect(judgeDay(quiet)).toEqual({
      result: 'clear',
      version: verdictVersion,
      reasons: [{ code: 'as-usual', params: { count: 10, low: 5, middle: 10, high: 15 } }, ran],
    });
    expect(codes({ usual: null })).toEqual(['no-baseline']);
    expect(codes({ rows: 0, usual: null })).toEqual(['no-events']);
  });

  it('says everything that calls for a look', () => {
    expect(
      codes({ flagged: 2, rows: 16, newShapes: 1, silentSources: 1, incidents: ['clock-stepped', 'clock-stepped'] }),
    ).toEqual(['flagged-rows', 'source-silent', 'incident', 'never-seen-shape', 'above-usual']);
    expect(judgeDay({ ...quiet, alerts: 2 })).toMatchObject({
      result: 'needs-look',
      reasons: [{ code: 'alert', params: { count: 2 } }, ran],
    });
    expect(codes({ rows: 4 })).toEqual(['below-usual']);
    expect(codes({ isRunDone: false, flagged: 3 })).toEqual(['run-failed']);
  });

  it('tells on which blocks which rules ran, and asks for a look where they did not run on all', () => {
    const of = (change: Partial<typeof rules>) => judgeDay({ ...quiet, rules: { ...rules, ...change } });
    expect(of({}).result).toBe('clear');
    const none = of({ rules: 0, decided: 0, unsealed: 4 });
    expect([none.result, none.reasons.at(-1)]).toEqual(['clear', { code: 'no-rules', params: {} }]);
    for (const change of [{ decided: 2 }, { unsealed: 1 }]) {
      const { result, reasons } = of(change);
      const { decided, unsealed } = { ...rules, ...change };
      expect(result).toBe('needs-look');
      expect(reasons.at(-1)).toEqual({ code: 'rules-behind', params: { ...ran.params, decided, unsealed } });
    }
  });

  it('is clear exactly when nothing is odd', () => {
    const days = record({
      isRunDone: constantFrom(true, false),
      rows: nat(30),
      flagged: nat(2),
      usual: constantFrom(null, usual),
      newShapes: nat(1),
      incidents: array(constantFrom('clock-stepped'), { maxLength: 1 }),
      silentSources: integer({ min: 0, max: 1 }),
      alerts: nat(1),
      rules: record({
        blocks: constantFrom(3),
        firstBlock: constantFrom(7),
        lastBlock: constantFrom(9),
        decided: integer({ min: 2, max: 3 }),
        unsealed: nat(1),
        rules: constantFrom(0, 40),
        revision: constantFrom(12),
      }),
    });
    assert(
      property(days, (day) => {
        const isOdd =
          !day.isRunDone ||
          day.flagged + day.newShapes + day.incidents.length + day.silentSources + day.alerts > 0 ||
          (day.rules.rules > 0 && (day.rules.decided < 3 || day.rules.unsealed > 0)) ||
          (day.usual !== null && (day.rows < 5 || day.rows > 15));
        const { result, reasons } = judgeDay(day);
        expect(result).toBe(isOdd ? 'needs-look' : 'clear');
        expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('shapes of rows', () => {
  const row = (more: Partial<ReportRow>): ReportRow => ({
    ...({} as ReportRow),
    eventId: 'e',
    record: null,
    logGroup: 'db',
    action: null,
    user: null,
    target: null,
    host: null,
    origin: null,
    object: null,
    command: null,
    ...more,
  });

  it('are the same for lines that differ in who, where and which', () => {
    const shapes = new RowShapes();
    shapes.take(
      row({
        eventId: 'e1',
        user: 'sato',
        origin: '10.0.0.5',
        record: 'Failed password for sato from 10.0.0.5 port 4711',
      }),
    );
    shapes.take(
      row({
        eventId: 'e2',
        user: 'hara',
        origin: '10.0.0.9',
        record: 'Failed password for hara from 10.0.0.9 port 22',
      }),
    );
    shapes.take(row({ eventId: 'e3', record: 'Connection reset by peer' }));
    shapes.take(row({ eventId: null, record: 'silent' }));
    expect(shapes.end()).toMatchObject([
      { events: 2, eventId: 'e1' },
      { events: 1, eventId: 'e3' },
    ]);
  });

  it('are bounded', () => {
    const shapes = new RowShapes();
    const word = (at: number): string => String.fromCodePoint(97 + Math.floor(at / 26), 97 + (at % 26));
    for (let at = 0; at < 600; at += 1) shapes.take(row({ record: `${word(at)}xyz begins` }));
    expect(shapes.end().length).toBeLessThanOrEqual(501);
    expect(shapes.end().reduce((sum, { events }) => sum + events, 0)).toBe(600);
  });
});
