import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "' res=success",
  ' type=USER_LOGIN msg=audit(1795309200.123:37): acct="root"',
  ' auid=0',
  '" exe="/bin/sh',
  '\u001dAUID="root"',
  ' addr=198.51.100.66',
  ' a9="x"',
  '=',
];

/** As libaudit and the kernel write what they do not trust. */
function untrusted(text: string): string {
  return /[^!-~]|"/.test(text) ? Buffer.from(text).toString('hex').toUpperCase() : `"${text}"`;
}

const stamp = 'msg=audit(1795309200.123:37):';
const ids = 'pid=1 uid=0 auid=1000 ses=7';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'account',
    write: (name) =>
      `type=USER_AUTH ${stamp} pid=1 uid=0 msg='op=PAM:authentication acct=${untrusted(name)} exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=failed'`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: "account, through the kernel's log",
    write: (name) =>
      `Nov 22 10:00:00 web01 kernel: audit: type=1112 audit(1795309200.123:37): pid=1 uid=0 msg='op=login acct=${untrusted(name)} exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=failed'`,
    plain: 'bob',
    syntax,
    holds: ['user.name'],
  },
  {
    what: 'argument',
    write: (text) => `type=EXECVE ${stamp} argc=2 a0="echo" a1=${untrusted(text)}`,
    plain: 'text',
    syntax,
    holds: ['process.command_line'],
  },
  {
    what: 'file',
    write: (path) => `type=PATH ${stamp} item=0 name=${untrusted(path)} inode=1 mode=0100644 ouid=0 nametype=NORMAL`,
    plain: '/etc/passwd',
    syntax,
    holds: ['file.path'],
  },
  {
    what: 'command of sudo',
    write: (text) => `type=USER_CMD ${stamp} ${ids} msg='cwd="/" cmd=${untrusted(text)} terminal=pts/0 res=failed'`,
    plain: 'id',
    syntax,
    holds: ['process.command_line'],
  },
  {
    what: "command's name",
    write: (name) =>
      `type=SYSCALL ${stamp} arch=c000003e syscall=59 success=yes exit=0 ${ids} euid=0 comm=${untrusted(name)} exe="/bin/sh" key=(null)`,
    plain: 'sh',
    syntax,
    holds: ['process.name'],
  },
];
