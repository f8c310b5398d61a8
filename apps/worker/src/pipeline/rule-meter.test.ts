import type { RuleEvent, RuleSet } from '@akashi/detection';
import { expect, it } from 'vitest';
import { judgeRule, RuleMeter } from './rule-meter.ts';

const event = {} as RuleEvent;
const alone = { match: () => [] } as unknown as RuleSet;
const version = { ruleId: 'r', version: 2 };

it('times one line of some, and counts all of them and what they match', () => {
  let nowMs = 0;
  const meter = new RuleMeter(() => (nowMs += 0.5));
  meter.add(version, alone);
  for (let line = 0; line < 640; line += 1) meter.line(event);
  meter.match({ ...version } as Parameters<RuleMeter['match']>[0]);
  expect(meter.take()).toEqual([{ ...version, lines: 640, matches: 1, timed: 10, millis: 5, isUnreadable: false }]);
  expect(meter.take()).toEqual([{ ...version, lines: 0, matches: 0, timed: 0, millis: 0, isUnreadable: false }]);
});

it('does not hold it against a rule that its thread stood still', () => {
  let nowMs = 0;
  const meter = new RuleMeter(() => (nowMs += 700));
  meter.add(version, alone);
  for (let line = 0; line < 64; line += 1) meter.line(event);
  expect(meter.take()).toMatchObject([{ timed: 1, millis: 2 }]);
});

it('tells of a rule that cannot be read', () => {
  const meter = new RuleMeter(() => 0);
  meter.unreadable(version);
  expect(meter.take()).toMatchObject([{ ...version, isUnreadable: true }]);
});

const cost = { lines: 0, matches: 0, timed: 0, millis: 0, isUnreadable: false };

it.each([
  [cost, 'undecided'],
  [{ ...cost, isUnreadable: true }, 'unreadable'],
  [{ ...cost, lines: 63_999, timed: 999, millis: 900 }, 'undecided'],
  [{ ...cost, lines: 64_000, timed: 1_000, millis: 101 }, 'too-dear'],
  [{ ...cost, lines: 3_200, timed: 50, millis: 51 }, 'too-dear'],
  [{ ...cost, lines: 3_200, timed: 50, millis: 50 }, 'undecided'],
  [{ ...cost, lines: 100_000, timed: 1_562, millis: 150, matches: 25_000 }, 'fine'],
  [{ ...cost, lines: 100_000, timed: 1_562, millis: 2, matches: 25_001 }, 'too-many'],
])('judges %j', (sum, verdict) => {
  expect(judgeRule(sum)).toBe(verdict);
});
