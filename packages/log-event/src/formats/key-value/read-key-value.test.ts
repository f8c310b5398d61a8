import { expect, it } from 'vitest';
import { EventDraft } from '../../event-draft.ts';
import { readKeyValue } from './read-key-value.ts';

function read(text: string): EventDraft {
  const draft = new EventDraft(text, 0);
  readKeyValue(draft, 0);
  return draft;
}

it.each([
  ['CORP\\tanaka', 'CORP\\tanaka'],
  ['CORP\\\\tanaka', 'CORP\\tanaka'],
  ['CORP\\nakamura', 'CORP\\nakamura'],
  ['CORP\\yamada', 'CORP\\yamada'],
  ['a \\"b\\" c', 'a "b" c'],
  ['\\\\server\\share', '\\\\server\\share'],
])('reads a user that is written as %s', (written, user) => {
  expect(read(`level=info user="${written}" action=login`).get('user.name')).toBe(user);
});

it('ends a value at the quote behind a last backslash that escapes nothing', () => {
  const draft = read('file="C:\\temp\\" user="bob" srcip=192.0.2.9');
  expect([draft.get('file.path'), draft.get('user.name'), draft.get('source.ip')]).toEqual([
    'C:\\temp\\',
    'bob',
    '192.0.2.9',
  ]);
});

it('writes line ends only into messages', () => {
  expect(read('level=error msg="one\\ntwo" user="a"').detachedMessage).toBe('one\ntwo');
});
