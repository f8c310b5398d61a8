import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [') ', ')', '(root) CMD (', '(', 'CMD', ') ERROR (bad)', 'REPLACE'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'command',
    write: (command) => `Nov 22 10:00:00 web01 CRON[9]: (alice) CMD (${command})`,
    plain: '/bin/true',
    syntax,
    holds: ['process.command_line'],
  },
];
