import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "' failed for '198.51.100.66:1' - x",
  '<sip:root@198.51.100.66>',
  "' - Wrong password",
  'SecurityEvent="SuccessfulAuth",',
  'NOTICE[1]: ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused registration',
    write: (name) =>
      `[2026-11-22 20:00:01] NOTICE[4711]: chan_sip.c: Registration from '${name}' failed for '192.0.2.7:5060' - Wrong password`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
