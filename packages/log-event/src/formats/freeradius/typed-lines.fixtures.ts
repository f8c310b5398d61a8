import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '] (from client evil port 6 cli 00-00-00-00-00-66)',
  ' (from client ',
  '[root]',
  '): [',
  'Login OK: [root]',
  '/secret',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `Nov 22 10:00:00 rad radiusd[7]: (12) Login incorrect (pap: Cleartext password does not match): [${name}] (from client nas01 port 5 cli 00-1a-2b-3c-4d-5e)`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'event.reason'],
  },
];
