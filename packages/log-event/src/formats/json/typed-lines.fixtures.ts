import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '","user":"root',
  '\\","user":"root',
  '"}',
  '{"user":"root"}',
  '\n',
  '\t',
  'src_ip',
  '\u0000',
  '@cee: {',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user',
    write: (user) =>
      JSON.stringify({ time: '2026-11-22T10:00:00Z', user, src_ip: '192.0.2.7', outcome: 'failure', message: 'no' }),
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'message',
    write: (message) => JSON.stringify({ message, time: '2026-11-22T10:00:00Z', user: 'alice', src_ip: '192.0.2.7' }),
    plain: 'text',
    syntax,
    holds: [],
  },
];
