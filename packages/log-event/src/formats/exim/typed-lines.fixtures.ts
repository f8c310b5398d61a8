import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [') [198.51.100.66]: 535 ', ' (set_id=root)', '[198.51.100.66]', ' rejected RCPT <a>: x', 'H=(', '): '];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `2026-11-22 10:00:00 login authenticator failed for (x) [192.0.2.7]:4001: 535 Incorrect authentication data (set_id=${name})`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'event.reason'],
  },
];
