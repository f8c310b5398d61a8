import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' from 198.51.100.66 via ssh',
  ' via telnet',
  'user root logged in',
  'system,info ',
  ' by root@198.51.100.66',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (typed) =>
      `<30>Nov 22 10:00:00 rt1 system,error,critical login failure for user ${typed} from 192.0.2.7 via ssh`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
