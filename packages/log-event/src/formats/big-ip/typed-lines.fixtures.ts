import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' failed to login after 9 attempts',
  'user=root',
  ' tty=x host=198.51.100.66',
  '] cmd_data=x',
  'status=[x]',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'command',
    write: (typed) =>
      `Nov 22 10:00:00 lb1 tmsh[7]: 01420002:5: AUDIT - pid=7 user=yamada folder=/Common module=(tmos)# status=[Command OK] cmd_data=${typed}`,
    plain: 'modify ltm pool p1',
    syntax,
    holds: ['process.command_line'],
  },
];
