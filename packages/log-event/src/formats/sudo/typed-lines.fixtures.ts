import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' ; ',
  ' : ',
  ' ; USER=nobody',
  ' ; USER=root',
  ' ; COMMAND=/bin/true',
  ' ; GROUP=adm',
  ' ; ENV=A=b',
  ' ; TTY=pts/9',
  ' ; PWD=/root',
  ' ; USER=nobody ; COMMAND=/bin/true',
  '(command continued) ',
];

function line(what: string, rest: (typed: string) => string, holds: readonly string[]): TypedLine {
  const write = (typed: string): string => `Nov 22 10:00:00 web01 sudo:    alice : TTY=pts/0 ; ${rest(typed)}`;
  return { what, write, plain: '/tmp/a', syntax, holds };
}

export const typedLines: readonly TypedLine[] = [
  line('working directory', (name) => `PWD=/tmp/${name} ; USER=root ; COMMAND=/bin/bash`, [
    'process.working_directory',
  ]),
  line('arguments', (args) => `PWD=/home/alice ; USER=root ; COMMAND=/bin/echo ${args}`, ['process.command_line']),
  line('environment', (value) => `PWD=/home/alice ; USER=root ; ENV=A=${value} ; COMMAND=/bin/bash`, ['sudo.env']),
  line(
    'arguments of an ended command',
    (args) => `PWD=/home/alice ; USER=root ; COMMAND=/bin/echo ${args} ; SIGNAL=TERM ; EXIT=143`,
    ['process.command_line'],
  ),
];
