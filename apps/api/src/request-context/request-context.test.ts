import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayReadLogGroup } from './request-context.ts';

describe('mayReadLogGroup', () => {
  it.each([
    [['*'], 'anything', true],
    [[], 'anything', false],
    [['db'], 'db', true],
    [['db'], 'db/audit', false],
    [['db/*'], 'db/audit', true],
    [['*/audit'], 'akashi/audit', true],
    [['a*a'], 'a', false],
    [['a*b*c'], 'a-b-c', true],
    [['a*b*c'], 'a-c-b', false],
  ])('%j and %s: %s', (logGroups, name, expected) => expect(mayReadLogGroup({ logGroups }, name)).toBe(expected));

  it('means what the same pattern means as a regular expression', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '/', '*'), { maxLength: 8 }).map((parts) => parts.join(''));
    const name = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, name, (pattern, group) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        return mayReadLogGroup({ logGroups: [pattern] }, group) === expression.test(group);
      }),
    );
  });
});
