import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' [Priority: 9]',
  ' {TCP} 198.51.100.66:1 -> 198.51.100.66:2',
  ' [Classification: x]',
  '[1:1:1] ',
  ' [**]',
  '-> ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'text of a rule',
    write: (text) =>
      `Nov 22 10:00:00 ids snort[7]: [1:2001219:20] X${text} [Classification: Misc] [Priority: 2] {TCP} 192.0.2.7:4001 -> 192.0.2.30:22`,
    plain: 'SCAN',
    syntax,
    holds: ['rule.name'],
  },
];
