import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '] OK LOGIN: Client "198.51.100.66"',
  '] FAIL LOGIN: Client "198.51.100.66"',
  '[root',
  '"',
  ', 9 bytes',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user',
    write: (name) => `Nov 22 10:00:00 ftp1 vsftpd[9]: [${name}] FAIL LOGIN: Client "192.0.2.7"`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
