import { describe, expect, it } from 'vitest';
import { EventDraft } from '../event-draft.ts';
import { messageRow, messageTable, readByTable } from './message-rows.ts';

const table = messageTable([
  messageRow(
    '^(lost connection|timeout) after (\\w{1,8}) from (\\S{1,64})$',
    'lost network failure',
    'event.reason label:stage from',
  ),
  messageRow('^Login OK: (\\w{1,16})$', 'login authentication success', 'user.name event.code=7'),
  messageRow('^(Refused|Denied) by (\\S{1,24})$', 'refused network', 'event.reason source.mac'),
]);

function read(message: string): EventDraft | undefined {
  const draft = new EventDraft(message, 0);
  return readByTable(draft, message, table) ? draft : undefined;
}

describe('message rows', () => {
  it('are found whichever way their first group begins', () => {
    expect(read('lost connection after AUTH from inside:192.0.2.7/4001')?.get('source.ip')).toBe('192.0.2.7');
    expect(read('timeout after DATA from [2001:db8::7]:25')?.get('event.reason')).toBe('timeout');
    expect(read('Denied by 001A.2B3C.4D5E')?.get('source.mac')).toBe('00:1a:2b:3c:4d:5e');
  });

  it('fill fields and constants, with the outcome that the row decides', () => {
    const draft = read('Login OK: yamada');
    expect(draft?.get('user.name')).toBe('yamada');
    expect(draft?.get('event.code')).toBe('7');
    expect(draft?.get('event.outcome')).toBe('success');
    expect(read('Refused by x')?.get('event.outcome')).toBeUndefined();
  });

  it('know no other message', () => {
    expect(read('Login OK: ')).toBeUndefined();
    expect(read('')).toBeUndefined();
  });

  it('refuse a field that the catalogue does not have', () => {
    expect(() => messageRow('^x$', 'x y', 'no.such.field')).toThrow('no field');
  });
});
