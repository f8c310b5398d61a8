import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  " from host '198.51.100.66'",
  ' from host 198.51.100.66',
  "' login, class 'x'",
  'LOGIN_FAILED: ',
  "User 'root'",
  ' on device ttyp9',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) => `Nov 22 10:00:00 srx1 login[7]: LOGIN_FAILED: Login failed for user ${name} from host 192.0.2.7`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'command',
    write: (command) => `Nov 22 10:00:00 srx1 mgd[7]: UI_CMDLINE_READ_LINE: User 'yamada', command '${command} '`,
    plain: 'show version',
    syntax,
    holds: ['process.command_line', 'pci.class'],
  },
];
