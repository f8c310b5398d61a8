import { describe, expect, it } from 'vitest';
import { pageIds, pages } from './pages.ts';

describe('pages', () => {
  it('have one entry each, with a path of their own', () => {
    expect(pages.map(({ id }) => id).toSorted()).toEqual([...pageIds].toSorted());
    expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
  });
});
