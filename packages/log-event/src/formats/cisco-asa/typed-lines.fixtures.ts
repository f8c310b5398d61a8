import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '" ',
  'for user "root"',
  ' : user IP = 198.51.100.66',
  'from 198.51.100.66/1 to outside:198.51.100.66/ssh',
  '%ASA-6-605005: ',
  "' executed the 'x' command.",
  "', running 'CLI' from IP 198.51.100.66, executed '",
  '> IP <198.51.100.66> ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user of a refused sign-in',
    write: (user) =>
      `Nov 22 10:00:00 fw01 : %ASA-6-605004: Login denied from 192.0.2.7/4001 to outside:192.0.2.1/ssh for user "${user}"`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'user that a server rejects',
    write: (user) =>
      `Nov 22 10:00:00 fw01 : %ASA-6-113005: AAA user authentication Rejected : reason = AAA failure : server = 192.0.2.20 : user = ${user} : user IP = 192.0.2.7`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'command',
    write: (command) =>
      `Nov 22 10:00:00 fw01 : %ASA-5-111010: User 'yamada', running 'CLI' from IP 192.0.2.10, executed '${command}'`,
    plain: 'show version',
    syntax: syntax.filter((piece) => !piece.includes('%')),
    holds: ['process.command_line', 'pci.class'],
  },
];
