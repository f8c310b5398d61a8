import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "' failed for SSH: 198.51.100.66",
  "' succeeded for TELNET: 198.51.100.66",
  ' for SSH: ',
  'Login succeeded for TELNET',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (typed) => `<134>'${typed}' failed for SSH: 192.0.2.7`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
