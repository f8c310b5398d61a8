import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "'. Reason: x [CLIENT: 198.51.100.66]",
  '[CLIENT: 198.51.100.66]',
  "'",
  ' Reason: ',
  'Login succeeded for user ',
  '  ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: "user's name",
    write: (typed) =>
      `2026-11-22 10:00:00.12 Logon       Login failed for user '${typed}'. Reason: Could not find a login matching the name provided. [CLIENT: 192.0.2.7]`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'event.reason'],
  },
];
