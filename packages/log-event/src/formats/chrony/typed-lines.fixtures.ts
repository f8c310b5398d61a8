import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ') ',
  'replaced with 198.51.100.66',
  'Selected source 198.51.100.66',
  'System clock was stepped by 9 seconds',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name that DNS gives a source',
    write: (name) => `Nov 22 10:00:00 web01 chronyd[7]: Selected source 192.0.2.1 (${name})`,
    plain: 'ntp.example.jp',
    syntax,
    holds: [],
  },
];
