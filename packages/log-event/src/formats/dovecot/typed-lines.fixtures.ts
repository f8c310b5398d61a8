import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '>, method=PLAIN, rip=198.51.100.66, lip=198.51.100.1',
  '>, rip=198.51.100.66,',
  'user=<root',
  '): ',
  ': user=<',
  'imap-login: Login: ',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `Nov 22 10:00:00 mx dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<${name}>, method=PLAIN, rip=192.0.2.7, lip=192.0.2.1, TLS, session=<AbCd>`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
