import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "' to group 'wheel'",
  "' changed by 'root'",
  ', UID=0, GID=0, home=/root, shell=/bin/sh',
  ', Authentication failure',
  ' FROM 198.51.100.66',
  ' FOR root',
  "'",
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user of a failed sign-in',
    write: (name) =>
      `Nov 22 10:00:00 web01 login[9]: FAILED LOGIN (1) on '/dev/tty1' FOR '${name}', Authentication failure`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
    keeps: ['process.tty.name', 'event.action', 'event.outcome'],
  },
  {
    what: 'user of a failed sign-in from elsewhere',
    write: (name) =>
      `Nov 22 10:00:00 web01 login[9]: FAILED LOGIN 1 FROM 192.0.2.7 FOR ${name}, Authentication failure`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'shell of a new account',
    write: (home) =>
      `Nov 22 10:00:00 web01 useradd[9]: new user: name=bob, UID=1001, GID=1001, home=${home}, shell=/bin/sh, from=/dev/pts/1`,
    plain: '/home/bob',
    syntax: [', shell=/bin/zsh', ', from=/dev/pts/9', ', UID=0', 'name=root'],
    holds: ['home'],
    keeps: ['user.target.id', 'process.tty.name', 'event.action', 'shell'],
  },
];
