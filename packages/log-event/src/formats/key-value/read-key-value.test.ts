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

it('stars numbers in what the audit daemon writes in hexadecimal digits, which masking cannot read', () => {
  const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();
  const record = (cmd: string): EventDraft =>
    read(
      `type=USER_CMD msg=audit(1796008090.679:39): pid=1 msg='cwd="/home/a" cmd=${hex(cmd)} terminal=pts/0 res=success'`,
    );
  expect(record('ls -l').get('process.command_line')).toBe('ls -l');
  expect(record('pay 4556734500085943').get('process.command_line')).toBe('pay ****************');
  expect(record('pay cvv=123').get('process.command_line')).toBe('pay cvv=***');
});
