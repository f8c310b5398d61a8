import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [', Ip=198.51.100.66', ', UserName=root', ') ', '(Ip=198.51.100.66', 'Command=x'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'command',
    write: (command) =>
      `<189>Nov 22 2026 20:00:03 usg1 %%01SHELL/5/CMDRECORD(s)[4713]:Recorded command information. (Task=VT0, Ip=192.0.2.10, User=yamada, Command="${command.replaceAll('"', '')}")`,
    plain: 'display version',
    syntax,
    holds: ['process.command_line'],
  },
];
