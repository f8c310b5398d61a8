import { describe, expect, it } from 'vitest';
import { eventsOf, head, inForce } from '../lines.fixtures.ts';
import type { Rule } from '../rules/rule.ts';
import { RuleConditionError } from './compile-rule.ts';
import { keyValues } from './key-text.ts';
import { RuleSet } from './rule-set.ts';

const failed = '<38>Nov 30 12:00:00 web1 sshd[4242]: Failed password for root from 203.0.113.7 port 50022 ssh2';
const settings = { timeZone: 'Asia/Tokyo' };

function matchesOf(rule: Rule, line = failed) {
  const { reading, document } = eventsOf(line);
  const set = new RuleSet([inForce(rule)], settings);
  const found = set.match(reading);
  expect(set.match(document)).toEqual(found);
  return found;
}

describe('a rule set', () => {
  it('says where an event fulfils a condition, with its key', () => {
    const where = 'parse.format:sshd event.outcome:failure';
    const [match] = matchesOf({ ...head, kind: 'match', where, key: ['user.name', 'source.ip', 'log.stream'] });
    expect(match).toMatchObject({
      ruleId: 'r',
      version: 1,
      step: 0,
      logGroup: 'servers',
      logStream: 'web1',
      position: 0,
    });
    expect(keyValues(match?.key ?? '')).toEqual(['root', '203.0.113.7', 'web1']);
  });

  it('counts nothing together that has no value of the key', () => {
    const rule = { ...head, where: 'failed', key: ['user.target.id'] };
    expect(matchesOf({ ...rule, kind: 'threshold', count: 2, windowSeconds: 60 })).toEqual([]);
    expect(matchesOf({ ...rule, kind: 'match' })).toHaveLength(1);
  });

  it('gives the distinct value, the steps of a sequence and what is waited for', () => {
    const where = 'class:authentication-use';
    const distinct = matchesOf({
      ...head,
      kind: 'threshold',
      where,
      count: 2,
      windowSeconds: 60,
      distinct: 'user.name',
    });
    expect(distinct.map(({ value }) => value)).toEqual(['root']);
    const steps = [{ where }, { where: 'user.name:root' }];
    expect(matchesOf({ ...head, kind: 'sequence', steps, withinSeconds: 60 }).map(({ step }) => step)).toEqual([0, 1]);
    const absence = matchesOf({
      ...head,
      kind: 'absence',
      expected: 'user.name:root',
      after: where,
      withinSeconds: 60,
    });
    expect(absence.map(({ step }) => step)).toEqual([0, 1]);
  });

  it('goes by the clocks of the organisation for hours, and leaves approvals to whoever decides', () => {
    const hours = { days: [1, 2, 3, 4, 5], fromMinute: 8 * 60, untilMinute: 20 * 60 };
    const rule = { ...head, kind: 'outside', where: 'failed', hours } as const;
    expect(matchesOf(rule)).toEqual([]);
    expect(matchesOf({ ...rule, hours: { ...hours, fromMinute: 13 * 60 } }).map(({ value }) => value)).toEqual([
      'hours',
    ]);
    expect(matchesOf({ ...rule, approval: 'outside' }).map(({ value }) => value)).toEqual([undefined]);
  });

  it('refuses a condition that cannot be read', () => {
    expect(() => matchesOf({ ...head, kind: 'match', where: 'a AND' })).toThrow(RuleConditionError);
  });
});
