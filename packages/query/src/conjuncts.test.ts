import { describe, expect, it } from 'vitest';
import { addFilter, conjuncts, negateConjunct, removeConjunct, withoutField } from './conjuncts.ts';
import { formatQuery } from './format-query.ts';
import { parseQuery } from './parse-query.ts';
import { matches } from './matches.ts';
import { joinParts, type QueryTree } from './query-tree.ts';

function treeOf(text: string): QueryTree {
  const parsed = parseQuery(text);
  return parsed.ok ? parsed.tree : { kind: 'all' };
}

it('joins no conditions to everything, and no alternatives to nothing', () => {
  expect(matches(joinParts('and', []), { message: 'a' })).toBe(true);
  expect(matches(joinParts('or', []), { message: 'a' })).toBe(false);
});

describe('conjuncts', () => {
  const tree = treeOf('failed user:root -source.ip:10.0.0.0/8 event.outcome:(failure OR unknown)');

  it('lists what filter chips show', () => {
    expect(conjuncts(tree).map(({ text, negated, field }) => [text, negated, field])).toEqual([
      ['failed', false, undefined],
      ['user.name:root', false, 'user.name'],
      ['NOT source.ip:10.0.0.0/8', true, 'source.ip'],
      ['event.outcome:(failure OR unknown)', false, 'event.outcome'],
    ]);
    expect(conjuncts(treeOf(''))).toEqual([]);
    expect(conjuncts(treeOf('a OR b'))).toHaveLength(1);
  });

  it('removes and negates', () => {
    expect(formatQuery(removeConjunct(tree, 0))).toBe(
      'user.name:root AND NOT source.ip:10.0.0.0/8 AND event.outcome:(failure OR unknown)',
    );
    expect(formatQuery(negateConjunct(treeOf('a -b'), 1))).toBe('a AND b');
    expect(formatQuery(removeConjunct(treeOf('a'), 0))).toBe('*');
    expect(formatQuery(withoutField(treeOf('a user:b -user:c'), 'user.name'))).toBe('a');
  });
});

describe('addFilter', () => {
  it('narrows a query by a value of an event', () => {
    expect(addFilter('a OR b', { field: 'user.name', value: 'r*ot x' })).toBe('(a OR b) AND user.name:"r*ot x"');
    expect(addFilter('', { field: 'http.response.status_code', value: 404, negate: true })).toBe(
      'NOT http.response.status_code:404',
    );
    expect(addFilter('user.name:a', { field: 'user.name', value: 'a', negate: true })).toBe('NOT user.name:a');
    expect(addFilter('user.name:a', { field: 'user.name', value: 'a' })).toBe('user.name:a');
    expect(addFilter('', { field: 'labels.x', value: null })).toBe('labels.x:*');
    expect(addFilter('a AND', { field: 'user.name', value: 'a' })).toBeUndefined();
    expect(addFilter('', { field: 'source.ip', value: 'nowhere' })).toBeUndefined();
  });
});
