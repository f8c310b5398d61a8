import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' (Login failed): x',
  ': Login successful',
  '@198.51.100.66) [INFO] ',
  '] is now logged in',
  'USER root',
  ' (evil[198.51.100.66]) - ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `Nov 22 10:00:00 ftp1 proftpd[7]: ftp1.example.jp (pc.example.jp[192.0.2.7]) - USER ${name} (Login failed): Incorrect password.`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'event.reason'],
  },
];
