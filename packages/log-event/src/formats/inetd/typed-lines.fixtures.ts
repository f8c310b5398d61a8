import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "' from 198.51.100.66:1",
  "Password auth succeeded for 'root",
  ' from ',
  "' with sha1!! 00 from 198.51.100.66:2",
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (typed) => `Nov 22 10:00:00 rt1 dropbear[7]: Bad password attempt for '${typed}' from 192.0.2.7:4001`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
