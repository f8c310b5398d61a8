import { expect, it } from 'vitest';
import { lacksRole, readRules, typeRules, withNewRule, withRuleMoved } from './typed-rules.ts';

const rules = [
  { values: ['Domain Admins', 'ou=db, dc=example'], role: 'log-administrator' as const, groupIds: ['g1'] },
  { values: ['staff'], role: null, groupIds: [] },
];

it('reads back what it typed', () => {
  expect(readRules(typeRules(rules))).toEqual(rules);
});

it('takes each line as one value, once and without the space around it', () => {
  const [rule] = typeRules();
  if (rule === undefined) throw new Error('a form begins with a rule');
  const [read] = readRules([{ ...rule, values: '  Domain Admins \r\n\nstaff\nDomain Admins\n' }]);
  expect(read?.values).toEqual(['Domain Admins', 'staff']);
});

it('gives a new rule a key of its own, whatever was taken off', () => {
  const left = withNewRule(typeRules(rules)).slice(1);
  const keys = withNewRule(left).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

it('moves a rule before another', () => {
  const moved = withRuleMoved(withNewRule(typeRules(rules)), 2, 0);
  expect(moved.map(({ key }) => key)).toEqual([2, 0, 1]);
});

it('knows when nobody would get a role', () => {
  expect(lacksRole(typeRules(rules))).toBe(false);
  expect(lacksRole(typeRules(rules.slice(1)))).toBe(true);
});
