import type { TypedLine } from '../typed-lines.fixtures.ts';

export const typedLines: readonly TypedLine[] = [
  {
    what: 'text behind the address',
    write: (text) => `Nov 22 10:00:00 web01 fail2ban.filter[9]: INFO [sshd] Found 192.0.2.7 - ${text.slice(0, 60)}`,
    plain: '2026-11-22 10:00:00',
    syntax: ['[sshd] Ban 198.51.100.66', ' Unban 198.51.100.66'],
    holds: [],
  },
];
