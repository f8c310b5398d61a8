import { describe, expect, it } from 'vitest';
import { context, head, inForce } from '../lines.fixtures.ts';
import type { RuleMatch } from '../matching/rule-match.ts';
import type { Rule, RuleInForce } from '../rules/rule.ts';
import type { Alert } from './alert.ts';
import { RuleMemory } from './rule-memory.ts';

const second = 1_000_000;
let position = 0;

function hit(seconds: number, more: Partial<RuleMatch> = {}): RuleMatch {
  const us = seconds * second;
  position += 1;
  const place = { logGroup: 'servers', logStream: 'web1', eventId: `e${position}`, position };
  return { ruleId: 'r', version: 1, step: 0, key: '["root"]', receivedAtUs: us, eventAtUs: us, ...place, ...more };
}

/** Blocks as [created in seconds, matches]; the alerts in the order in which they were opened. */
function decided(
  rule: Rule,
  blocks: ReadonlyArray<readonly [number, RuleMatch[]]>,
  more: Partial<RuleInForce> = {},
): Alert[] {
  const memory = new RuleMemory(context);
  const rules = [inForce(rule, more)];
  for (const [created, matches] of blocks) memory.decide(rules, { createdUs: created * second, matches });
  return [...memory.alerts.values()];
}

const match: Rule = { ...head, kind: 'match', where: 'x' };
const threshold: Rule = { ...head, kind: 'threshold', where: 'x', count: 3, windowSeconds: 60, quietSeconds: 600 };

describe('every hit', () => {
  it('is one alert of its key until the quiet time is over', () => {
    const alerts = decided(match, [
      [10, [hit(1), hit(2), hit(3, { key: '["admin"]' })]],
      [4_000, [hit(3_602)]],
      [9_000, [hit(8_000)]],
    ]);
    expect(alerts.map(({ key, count }) => [key, count])).toEqual([
      ['["root"]', 3],
      ['["admin"]', 1],
      ['["root"]', 1],
    ]);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(3);
  });

  it('names the first events and every place, and counts all', () => {
    const many = Array.from({ length: 30 }, (_, index) => hit(index, { logStream: `web${index % 3}` }));
    const [alert] = decided(match, [[60, many]]);
    expect(alert).toMatchObject({ count: 30, hasAllPlaces: true });
    expect(alert?.events).toHaveLength(20);
    expect(alert?.places).toHaveLength(3);
  });

  it('outside an approval counts as the approval says', () => {
    const rule: Rule = { ...head, kind: 'outside', where: 'x', approval: 'outside' };
    expect(decided(rule, [[10, [hit(1, { approval: 'inside' }), hit(2, { approval: 'unknown' })]]])).toEqual([]);
    expect(decided(rule, [[10, [hit(1, { approval: 'outside' })]]])).toHaveLength(1);
    expect(decided({ ...rule, approval: 'not-inside' }, [[10, [hit(1)]]])).toHaveLength(1);
  });
});

describe('a threshold', () => {
  it('needs a window that holds enough hits, both ends included', () => {
    expect(decided(threshold, [[200, [hit(0), hit(30), hit(61)]]])).toEqual([]);
    expect(decided(threshold, [[200, [hit(0), hit(30), hit(60)]]])).toMatchObject([{ count: 3, firstAtUs: 0 }]);
  });

  it('finds it whatever the order in which the log took the hits in', () => {
    const alerts = decided(threshold, [
      [100, [hit(60)]],
      [200, [hit(180)]],
      [7_000, [hit(31)]],
      [7_100, [hit(1)]],
    ]);
    expect(alerts).toMatchObject([{ count: 4, firstAtUs: second, lastAtUs: 180 * second, openedAtUs: 7_100 * second }]);
  });

  it('counts different values, however often each comes', () => {
    const rule: Rule = { ...threshold, distinct: 'user.name' };
    const same = Array.from({ length: 50 }, (_, index) => hit(index, { value: 'a' }));
    expect(decided(rule, [[60, same]])).toEqual([]);
    const alerts = decided(rule, [[60, [...same, hit(50, { value: 'b' }), hit(51, { value: 'c' })]]]);
    expect(alerts).toMatchObject([{ count: 52 }]);
  });
});
