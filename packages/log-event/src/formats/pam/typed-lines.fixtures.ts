import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ' rhost=198.51.100.66',
  ' rhost=198.51.100.66 user=root',
  ' rhost=198.51.100.66  user=root',
  ' user=root',
  '  user=root',
  ' ruser=root',
  ' tty=x',
  'logname=root',
  ' from `198.51.100.66',
  "' from `198.51.100.66'",
  ' for service su',
  ': 6 (Permission denied)',
  ']',
  '" not met by user "root"',
  ' by root(uid=0)',
];

function line(what: string, message: (typed: string) => string): TypedLine {
  const write = (typed: string): string => `Nov 22 10:00:00 web01 sshd[9]: ${message(typed)}`;
  return { what, write, plain: 'bob', syntax, holds: ['user.name'] };
}

const start = 'authentication failure; logname= uid=0 euid=0';

export const typedLines: readonly TypedLine[] = [
  line('user', (name) => `pam_sss(sshd:auth): ${start} tty=ssh ruser= rhost=192.0.2.7 user=${name}`),
  {
    ...line('remote user', (name) => `pam_unix(rsh:auth): ${start} tty=rsh ruser=${name} rhost=192.0.2.7  user=alice`),
    holds: [],
  },
  line(
    'both names of a server that sets both',
    (name) => `pam_sss(vsftpd:auth): ${start} tty=ftp ruser=${name} rhost=192.0.2.7 user=${name}`,
  ),
  line('no password', (name) => `pam_unix(sshd:auth): auth could not identify password for [${name}]`),
  line('listed', (name) => `pam_listfile(sshd:auth): Refused user ${name} for service sshd`),
  line('account', (name) => `pam_sss(sshd:account): Access denied for user ${name}: 6 (Permission denied)`),
  line('code', (name) => `pam_google_authenticator(sshd:auth): Invalid verification code for ${name}`),
  line('origin', (name) => `pam_access(sshd:account): access denied for user \`${name}' from \`192.0.2.7'`),
  line('requirement', (name) => `pam_succeed_if(sshd:auth): requirement "uid >= 1000" not met by user "${name}"`),
  line(
    'locked',
    (name) => `pam_faillock(sshd:auth): Consecutive login failures for user ${name} account temporarily locked`,
  ),
];
