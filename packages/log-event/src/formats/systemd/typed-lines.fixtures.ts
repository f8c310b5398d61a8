import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a user',
    write: (name) => `Nov 22 10:00:00 web01 systemd-logind[9]: New session 7 of user ${name}.`,
    plain: 'bob',
    syntax: ['.', ' of user root', 'session 9', "'"],
    holds: ['user.name', 'pci.class'],
  },
];
