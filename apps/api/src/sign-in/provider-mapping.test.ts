import { expect, it } from 'vitest';
import { readMapping } from './provider-mapping.ts';

const rules = [
  { values: ['log-admins'], role: 'log-administrator', groupIds: ['g1'] },
  { values: ['staff', 'partners'], role: 'viewer', groupIds: ['g2'] },
  { values: ['db'], role: null, groupIds: ['g3'] },
];

it('takes the role of the first rule that fits, and the groups of all', () => {
  expect(readMapping(rules, ['db', 'staff'])).toEqual({ role: 'viewer', enter: ['g2', 'g3'], leave: ['g1'] });
  expect(readMapping(rules, ['staff', 'log-admins'])).toEqual({
    role: 'log-administrator',
    enter: ['g1', 'g2'],
    leave: ['g3'],
  });
});

it('gives nothing to whom no rule gives a role', () => {
  expect(readMapping(rules, [])).toBeNull();
  expect(readMapping(rules, ['db'])).toBeNull();
  expect(readMapping(rules, ['Staff'])).toBeNull();
});
