import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [',block,', 'pass', '198.51.100.66', ' > ', ': block in on x: '];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'reason of a rule',
    write: (typed) =>
      `Nov 22 10:00:00 fw filterlog[7]: 5,,,1000000103,igb0,${typed.replaceAll(',', '').replaceAll('"', '')},block,in,4,0x0,,64,0,0,DF,6,tcp,60,192.0.2.7,192.0.2.30,4001,22,0,S`,
    plain: 'match',
    syntax,
    holds: [],
  },
];
