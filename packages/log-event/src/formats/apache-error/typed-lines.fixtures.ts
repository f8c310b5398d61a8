import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ': authentication failure for "/": Password Mismatch',
  ' not found: /x',
  ': password mismatch: /x',
  '[client 198.51.100.66:1] ',
  '[remote 198.51.100.66:1] ',
  ': [client 198.51.100.66] ',
  'AH00001: ',
  '[pid 1:tid 2] ',
  '[core:emerg] ',
  'user root',
];

const escape = (text: string): string => text.replace(/[\\"]/g, '\\$&');

function line(what: string, message: (typed: string) => string, holds: readonly string[]): TypedLine {
  const write = (typed: string): string =>
    `[Sun Nov 22 10:00:00.123 2026] [auth_basic:error] [pid 9:tid 8] [client 2001:db8::7:50022] ${message(escape(typed))}`;
  return { what, write, plain: 'bob', syntax, holds };
}

export const typedLines: readonly TypedLine[] = [
  line('user', (name) => `AH01617: user ${name}: authentication failure for "/a": Password Mismatch`, ['user.name']),
  line('user of digest', (name) => `AH01794: user ${name}: password mismatch: /a`, ['user.name']),
  line('unknown user', (name) => `AH01618: user ${name} not found: /a`, ['user.name']),
  line(
    'path of a refused user',
    (path) => `AH01617: user alice: authentication failure for "/${path}": Password Mismatch`,
    ['url.original'],
  ),
  line('path', (path) => `AH00128: File does not exist: /srv/${path}`, []),
  {
    what: 'what a module logs',
    write: (text) => `[Sun Nov 22 10:00:00 2026] [wsgi:error] [pid 9:tid 8] [remote 192.0.2.7:50022] ${escape(text)}`,
    plain: 'bob',
    syntax,
    holds: [],
    keeps: ['source.ip', 'source.port', 'log.level', 'log.logger', 'process.pid', 'process.thread.id'],
  },
];
