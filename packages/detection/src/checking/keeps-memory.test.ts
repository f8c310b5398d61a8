import { expect, it } from 'vitest';
import { head } from '../lines.fixtures.ts';
import { keepsMemory } from './keeps-memory.ts';
import type { Rule } from '../rules/rule.ts';

const threshold: Rule = { ...head, kind: 'threshold', where: 'failed', count: 5, windowSeconds: 60 };
const seen: Rule = { ...head, kind: 'first-seen', where: 'x', fields: ['source.ip'], learningDays: 14 };
const outside: Rule = { ...head, kind: 'outside', where: 'x', hours: { days: [1], fromMinute: 0, untilMinute: 60 } };
const text = (title: string, word: string): string =>
  `title: ${title}\nlogsource: {product: linux}\ndetection:\n  a: ['${word}']\n  condition: a`;
const sigma = (source: string): Rule => ({ ...head, kind: 'sigma', source });

it.each([
  ['what it is called and how severe it is', threshold, { ...threshold, severity: 'critical', quietSeconds: 9 }, true],
  ['how many it takes', threshold, { ...threshold, count: 6 }, true],
  ['the window', threshold, { ...threshold, windowSeconds: 61 }, false],
  ['the condition', threshold, { ...threshold, where: 'refused' }, false],
  ['the key', threshold, { ...threshold, key: ['host.name'] }, false],
  ['what is counted', threshold, { ...threshold, distinct: 'user.name' }, false],
  ['the kind', threshold, { ...head, kind: 'match', where: 'failed' }, false],
  ['how long is learned', seen, { ...seen, learningDays: 1 }, true],
  ['what is looked at', seen, { ...seen, fields: ['host.name'] }, false],
  ['the hours', outside, { ...outside, hours: { days: [1], fromMinute: 0, untilMinute: 61 } }, false],
  ['the title of a Sigma rule', sigma(text('A', 'x')), sigma(text('B', 'x')), true],
  ['the value of a Sigma rule', sigma(text('A', 'x')), sigma(text('A', 'y')), false],
] as [string, Rule, Rule, boolean][])('goes by what the memory means: %s', (...[, before, after, expected]) => {
  expect(keepsMemory(before, after)).toBe(expected);
});
