import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ', mech=LOGIN, bits=0',
  ', relay=x [198.51.100.66]',
  ', authid=root',
  ' [198.51.100.66]',
  'reject=550 ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a sign-in',
    write: (name) =>
      `Nov 22 10:00:00 mx sendmail[7]: AUTH=server, relay=pc.example.jp [192.0.2.7], authid=${name}, mech=LOGIN, bits=0`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'sasl_method', 'pci.class'],
  },
];
