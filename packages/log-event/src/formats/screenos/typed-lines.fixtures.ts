import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '" via ssh from 198.51.100.66:1',
  '" has logged on via ',
  ' by admin root via web from host 198.51.100.66',
  ' failed',
  '! From 198.51.100.66 to ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (typed) =>
      `<129>fw1: NetScreen device_id=fw1  [Root]system-warning-00518: Login attempt to system by admin "${typed}" via ssh from 192.0.2.7:4001 has failed (2026-11-22 20:00:01)`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
