import { expect, it } from 'vitest';
import { countNew } from './count-new.ts';
import { facetRows } from './facet-rows.ts';

const facet = {
  field: 'host.name',
  approximate: false,
  values: [
    { value: 'web01', count: 40 },
    { value: 'web02', count: 10 },
  ],
};

it('lists what is chosen also when the answer does not, so that it can be taken back', () => {
  const rows = facetRows(facet, { included: ['db01', 'web02'], excluded: ['web01'] }, '');
  expect(rows).toEqual([
    { value: 'db01', count: null, share: 0, included: true, excluded: false },
    { value: 'web01', count: 40, share: 1, included: false, excluded: true },
    { value: 'web02', count: 10, share: 0.25, included: true, excluded: false },
  ]);
  expect(facetRows(facet, { included: ['db01'], excluded: [] }, 'WEB').map(({ value }) => value)).toEqual([
    'web01',
    'web02',
  ]);
});

it('counts as new what is found now and was not shown', () => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id }));
  expect(countNew(rows('2', '1'), rows('4', '3', '2'))).toBe(2);
  expect(countNew(rows('2', '1'), rows('2', '1'))).toBe(0);
  expect(countNew([], rows('1'))).toBe(1);
});
