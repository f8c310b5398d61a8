import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  '> proto=ESMTP',
  '>, sasl_username=root',
  ' from evil[198.51.100.66]: ',
  '; from=<a> to=<b>',
  '[198.51.100.66]',
  'client=x[198.51.100.66]',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name of a refused sign-in',
    write: (name) =>
      `Nov 22 10:00:00 mx postfix/smtpd[7]: warning: unknown[192.0.2.7]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=${name}`,
    plain: 'bob',
    syntax,
    holds: ['user.name', 'event.reason'],
  },
  {
    what: 'sender of a refused mail',
    write: (name) =>
      `Nov 22 10:00:00 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 <a@example.jp>: Relay access denied; from=<${name}> to=<a@example.jp> proto=ESMTP helo=<x>`,
    plain: 'bob@example.com',
    syntax,
    holds: ['email.from.address', 'email.to.address', 'network.protocol', 'helo', 'event.reason'],
  },
];
