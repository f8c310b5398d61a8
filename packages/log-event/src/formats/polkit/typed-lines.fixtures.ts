import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'command',
    write: (command) =>
      `Nov 22 10:00:00 web01 pkexec[9]: tanaka: Executing command [USER=root] [TTY=/dev/pts/1] [CWD=/home/tanaka] [COMMAND=${command}]`,
    plain: '/usr/bin/id',
    syntax: ['] [COMMAND=/bin/sh]', '[USER=nobody]', '] [TTY=x]', ': Error executing command as another user: x '],
    holds: ['process.command_line'],
  },
];
