import { matches } from '@akashi/query';
import { expect, it } from 'vitest';
import { checkDefinition, checkTags } from './check-definition.ts';
import { selectionOfReport, UnreadableConditionError } from './report-selection.ts';
import { usualTags } from './report-tags.ts';
import { standardReports } from './standard-reports.ts';

const settings = { tags: usualTags, timeZone: 'Asia/Tokyo' };

it('finds nothing wrong with the eleven and the usual tags', () => {
  for (const definition of standardReports) expect(checkDefinition(definition), definition.id).toEqual([]);
  expect(checkTags(usualTags)).toEqual([]);
});

it('names the place of what cannot be read', () => {
  const flags = [{ kind: 'any', where: 'user.name:' }] as const;
  expect(checkDefinition({ query: 'a AND', listed: '"', flags })).toMatchObject([
    { at: 'query' },
    { at: 'listed' },
    { at: 'flags.0.where' },
  ]);
});

it('refuses people: a run knows them only once it has read its events', () => {
  expect(checkDefinition({ query: 'person:yamada', listed: '', flags: [] })).toEqual([
    { at: 'query', code: 'people-not-possible', position: 0 },
  ]);
});

it('selects every event for a definition without classes and conditions, and of several records the first', () => {
  const selection = selectionOfReport({ classes: [], query: '', tag: null }, settings);
  expect(matches(selection, { 'file.path': '/data/card' })).toBe(true);
  expect(matches(selection, { 'file.path': '/data/card', 'akashi.part_of': 'another' })).toBe(false);
});

it('never reads a condition as less than it says', () => {
  expect(() => selectionOfReport({ classes: [], query: 'a AND', tag: null }, settings)).toThrow(
    UnreadableConditionError,
  );
});
