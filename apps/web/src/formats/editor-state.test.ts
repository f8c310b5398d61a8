import { expect, it } from 'vitest';
import type { TriedLine } from '../api-client/formats.ts';
import {
  foundKeys,
  isComplete,
  newDefinition,
  newReading,
  readingKinds,
  splitValues,
  withField,
  withRules,
} from './editor-state.ts';

const tried = {
  isRead: true,
  '@timestamp': '2026-11-22T01:00:00Z',
  originalTime: '2026-11-22 10:00:00',
  line: '',
  message: '',
  fields: { 'user.name': 'yamada' },
  labels: { act: 'login' },
  parse: { format: 'x', status: 'parsed' },
} satisfies TriedLine;

it('offers the keys of the lines, those that a field took and those that none did', () => {
  const definition = { ...newDefinition(), fields: { who: 'user.name' }, time: { key: 'when', patterns: ['%s'] } };
  expect(foundKeys([tried, { ...tried, isRead: false, labels: { never: 'x' } }], definition)).toEqual([
    { key: 'act', sample: 'login' },
    { key: 'who', sample: 'yamada' },
    { key: 'when', sample: '2026-11-22 10:00:00' },
  ]);
});

it('leaves out what is empty, so that a definition says only what somebody chose', () => {
  const chosen = withField(newDefinition(), 'who', 'user.name');
  expect(chosen.fields).toEqual({ who: 'user.name' });
  expect(withField(chosen, 'who', null)).toEqual(newDefinition());
  expect(withRules({ ...newDefinition(), rules: [{ when: [] }] }, [])).toEqual(newDefinition());
});

it('tries nothing before it is complete', () => {
  const complete = readingKinds.filter((kind) => isComplete({ ...newDefinition(), reading: newReading(kind) }));
  expect(complete).toEqual(['key-value', 'json', 'xml']);
});

it('splits values at commas of both kinds', () => {
  expect(splitValues(' login、サインイン， , a b')).toEqual(['login', 'サインイン', 'a b']);
});
