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

it('takes one match of an event for all steps of a sequence that have its condition', () => {
  const rule = (wheres: readonly string[]): Rule => ({
    ...head,
    kind: 'sequence',
    steps: wheres.map((where) => ({ where })),
    withinSeconds: 60,
  });
  const [first, second_, last] = [hit(1), hit(2), hit(3)];
  const once = [first, second_, { ...last, step: 2 }];
  const each = [first, { ...first, step: 1 }, second_, { ...second_, step: 1 }, { ...last, step: 2 }];
  const told = decided(rule(['failed', 'failed', 'done']), [[10, once]]);
  expect(told).toMatchObject([{ count: 1, events: [first, second_, last].map(({ eventId }) => ({ eventId })) }]);
  expect(told).toEqual(decided(rule(['failed', 'refused', 'done']), [[10, each]]));
  expect(decided(rule(['failed', 'failed', 'done']), [[10, [first, { ...last, step: 2 }]]])).toEqual([]);
});

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
    expect(decided({ ...rule, approval: 'not-inside' }, [[10, [hit(1, { approval: 'unknown' })]]])).toHaveLength(1);
    for (const found of [hit(1), hit(1, { approval: 'not-kept' })])
      expect(decided({ ...rule, approval: 'not-inside' }, [[10, [found]]])).toEqual([]);
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

describe('what is remembered', () => {
  it('goes when nothing can join it any more, and a first time is never forgotten', () => {
    const day = 86_400;
    const memory = new RuleMemory(context);
    const rules = [
      inForce(match),
      inForce({ ...head, kind: 'first-seen', where: 'x', fields: ['a'], learningDays: 0 }, { ruleId: 'f' }),
    ];
    memory.decide(rules, { createdUs: 10 * second, matches: [hit(1), hit(1, { ruleId: 'f' })] });
    expect(memory.states).toHaveLength(2);
    memory.decide(rules, { createdUs: 3 * day * second, matches: [] });
    expect(memory.states.map(({ ruleId, dueAtUs }) => [ruleId, dueAtUs])).toEqual([['f', null]]);
    memory.decide(rules, { createdUs: 4 * day * second, matches: [hit(4 * day, { ruleId: 'f' })] });
    expect(memory.alerts.size).toBe(2);
  });

  it('is bounded by keys, of which the least lately touched go, and says how many', () => {
    const memory = new RuleMemory(context);
    const rules = [inForce(threshold)];
    const keys = Array.from({ length: 10_000 }, (_, index) => hit(index % 50, { key: `["k${index}"]` }));
    memory.decide(rules, { createdUs: 60 * second, matches: keys });
    memory.decide(rules, {
      createdUs: 61 * second,
      matches: [hit(60, { key: '["k0"]' }), hit(60, { key: '["new"]' })],
    });
    expect(memory.states).toHaveLength(10_000);
    expect(memory.dropped.get('r')).toBe(1);
    const kept = new Set(memory.states.map(({ key }) => key));
    expect([kept.has('["k0"]'), kept.has('["k1"]'), kept.has('["new"]')]).toEqual([true, false, true]);
  });

  it('is bounded by hits of a key, of which the oldest go, and says how many', () => {
    const steps = [{ where: 'x' }, { where: 'y' }];
    const rule: Rule = { ...head, kind: 'sequence', steps, withinSeconds: 3_600 };
    const memory = new RuleMemory(context);
    const rules = [inForce(rule)];
    memory.decide(rules, { createdUs: 2_100 * second, matches: Array.from({ length: 2_050 }, (_, at) => hit(at)) });
    expect(memory.states[0]?.memory.waiting[0]).toHaveLength(2_000);
    expect(memory.states[0]?.memory.dropped).toBe(50);
  });

  it('keeps nothing of a version that does not decide', () => {
    const memory = new RuleMemory(context);
    memory.decide([inForce(match)], {
      createdUs: 10 * second,
      matches: [hit(1, { version: 2 }), hit(1, { ruleId: 'other' })],
    });
    expect([memory.states, [...memory.alerts]]).toEqual([[], []]);
  });
});

it('gives alerts the same ids whenever the same log is decided, and others to another organisation', () => {
  const matches = [hit(1, { eventId: 'same' })];
  const [first] = decided(match, [[10, matches]]);
  const [again] = decided(match, [[10, matches]]);
  expect(first?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(again).toEqual(first);
  const other = new RuleMemory({ ...context, organisationId: 'another' });
  other.decide([inForce(match)], { createdUs: 10 * second, matches });
  expect([...other.alerts.keys()]).not.toContain(first?.id);
});
