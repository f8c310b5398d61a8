import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [', ip=[198.51.100.66]', ', user=root', 'LOGIN, user=root', ', port=[1]', 'host=[198.51.100.66]'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (typed) => `Nov 22 10:00:00 mx imapd: LOGIN FAILED, user=${typed}, ip=[192.0.2.7]`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
