import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '] [Source: 198.51.100.66] [localport: 22]',
  '[user: root]',
  '] ',
  " on 'vty0'",
  "' from '198.51.100.66' on 'vty0'",
  ' by root on vty0 (198.51.100.66)',
  '%SEC_LOGIN-5-LOGIN_SUCCESS: ',
  ' at 20:00:00',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user of a refused sign-in',
    write: (user) =>
      `<188>Nov 22 10:00:00.000: %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: ${user}] [Source: 192.0.2.7] [localport: 22] [Reason: Login Authentication Failed] at 10:00:00 JST Sun Nov 22 2026`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'user of a refused sign-in to IOS XR',
    write: (user) =>
      `<188>Nov 22 10:00:00.000: %SECURITY-SSHD-4-INFO_FAILURE : Failed authentication attempt by user '${user}' from '192.0.2.7' on 'vty0'`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
