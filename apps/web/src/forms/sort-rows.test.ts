import { describe, expect, it } from 'vitest';
import { sortRows } from './sort-rows.ts';

describe('sortRows', () => {
  it('sorts words by language with numbers in them by value, and null last in both directions', () => {
    const rows = ['web10', null, 'web9', 'あお', 'イヌ', 'うえ'];
    const sorted = (direction: 'ascending' | 'descending') =>
      sortRows(rows, { sortBy: (row) => row, direction, locale: 'ja' });
    expect(sorted('ascending')).toEqual(['web9', 'web10', 'あお', 'イヌ', 'うえ', null]);
    expect(sorted('descending')).toEqual(['うえ', 'イヌ', 'あお', 'web10', 'web9', null]);
  });

  it('sorts numbers by value and leaves what is equal in its order', () => {
    const rows = [
      { n: 10, id: 'a' },
      { n: 9, id: 'b' },
      { n: 10, id: 'c' },
    ];
    const ids = sortRows(rows, { sortBy: (row) => row.n, direction: 'ascending', locale: 'en' }).map(({ id }) => id);
    expect(ids).toEqual(['b', 'a', 'c']);
  });
});
