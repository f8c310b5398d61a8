import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeLag, judgeParsing, skewBeyondMs } from './judge-stream.ts';

const minute = 60_000;

it('tells a stream that stopped being parsed from one that never was', () => {
  const before = { records: 1_000, unparsed: 10 };
  expect(judgeParsing({ lately: { records: 100, unparsed: 90 }, before })).toBe('share-rises');
  expect(judgeParsing({ lately: { records: 100, unparsed: 19 }, before })).toBeNull();
  expect(judgeParsing({ lately: { records: 30, unparsed: 19 }, before })).toBeNull();
  expect(
    judgeParsing({ lately: { records: 100, unparsed: 90 }, before: { records: 1_000, unparsed: 950 } }),
  ).toBeNull();
  expect(judgeParsing({ lately: { records: 100, unparsed: 90 }, before: { records: 10, unparsed: 0 } })).toBeNull();
});

const figures = (lagMs: number, more: object = {}) => ({
  lagMs,
  lowMs: lagMs,
  highMs: lagMs,
  hours: 2,
  formerLowMs: null,
  formerHighMs: null,
  ...more,
});

it('tells a clock that is off from lines that come late', () => {
  expect(judgeLag(figures(-2 * minute))).toBe('clock-ahead');
  expect(judgeLag(figures(-2 * minute, { formerLowMs: 0, formerHighMs: 900 }))).toBe('clock-jumped');
  expect(judgeLag(figures(540 * minute))).toBe('clock-behind');
  expect(judgeLag(figures(10 * minute, { lowMs: 100 * minute, highMs: 700 * minute }))).toBeNull();
  expect(judgeLag(figures(540 * minute, { hours: 1 }))).toBeNull();
  expect(judgeLag(figures(4 * minute))).toBeNull();
  expect(judgeLag(figures(200 * minute, { lowMs: 1_000, highMs: 200 * minute }))).toBeNull();
});

it('says nothing of what is within a minute, and never takes a future time for lateness', () => {
  const lag = fc.integer({ min: -1_000 * minute, max: 1_000 * minute });
  fc.assert(
    fc.property(lag, lag, lag, (lagMs, one, other) => {
      const found = judgeLag(figures(lagMs, { lowMs: Math.min(one, other), highMs: Math.max(one, other) }));
      if (Math.abs(lagMs) <= skewBeyondMs) expect(found).toBeNull();
      else if (lagMs < 0) expect(found).toBe('clock-ahead');
      else expect(['clock-behind', null]).toContain(found);
    }),
  );
});
