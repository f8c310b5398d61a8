import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [') ', ' 198.51.100.66:123', 'Time has been changed', 'Contacted time server 198.51.100.66:123'];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name that DNS gives a server',
    write: (name) => `Nov 22 10:00:00 web01 systemd-timesyncd[7]: Contacted time server 192.0.2.1:123 (${name}).`,
    plain: 'ntp.example.jp',
    syntax,
    holds: [],
  },
];
