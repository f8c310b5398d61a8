import { expect, it } from 'vitest';
import { matchesLogGroup, matchesName } from './name-pattern.ts';

it.each([
  ['*', '', true],
  ['*', 'a/b', true],
  ['a*', 'ba', false],
  ['a*c*', 'abcbc', true],
  ['*a*b', 'xaxxb', true],
  ['*a*b', 'xaxxbc', false],
  ['a*a', 'a', false],
  ['a', 'ab', false],
  ['a.b', 'aXb', false],
  ['', '', true],
])('matches %j against %j: %j', (pattern, name, expected) => {
  expect(matchesName(pattern, name)).toBe(expected);
});

it('reaches the product’s own log groups only by a pattern that begins as they do', () => {
  expect(matchesLogGroup('*', 'akashi/audit')).toBe(false);
  expect(matchesLogGroup('ak*', 'akashi/audit')).toBe(false);
  expect(matchesLogGroup('akashi/*', 'akashi/audit')).toBe(true);
  expect(matchesLogGroup('*', 'web')).toBe(true);
});
