import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' srcip=198.51.100.66',
  '" srcip=198.51.100.66 x="',
  ' user="root"',
  ' msg=audit(1:1): ',
  ', action=y',
  "' res=success",
  ' status=success',
  '\\',
  '\\"',
  ' tz="+0000"',
  ' time=09:00:00',
];

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** As libaudit writes what it does not trust. */
function audit(text: string): string {
  return /[^!-~]|"/.test(text) ? Buffer.from(text).toString('hex').toUpperCase() : `"${text}"`;
}

const rest = 'srcip=192.0.2.7 action="login" status="failed"';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'user',
    write: (name) => `date=2026-11-22 time=10:00:00 tz="+0900" devname="fw1" user=${quote(name)} ${rest}`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'message',
    write: (text) => `level=info ts=2026-11-22T10:00:00Z msg=${quote(text)} user=alice ${rest}`,
    plain: 'text',
    syntax,
    holds: [],
  },
  {
    what: 'account',
    write: (name) =>
      `type=USER_AUTH msg=audit(1795309200.123:37): pid=1 uid=0 msg='op=PAM:authentication acct=${audit(name)} exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=failed'`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: "account, through the kernel's log",
    write: (name) =>
      `Nov 22 10:00:00 web01 kernel: audit: type=1112 audit(1795309200.123:37): pid=1 uid=0 msg='op=login acct=${audit(name)} exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=failed'`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
];
