import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ') via eth9',
  ' via 198.51.100.66',
  '(',
  ') ',
  ' relay 198.51.100.66 lease-duration 9',
  ': unknown lease 198.51.100.66',
  'DHCPACK on 198.51.100.66 to 00:00:00:00:00:66',
  ' (found)',
];

const line = (what: string, text: (name: string) => string): TypedLine => ({
  what,
  write: (name) => `Nov 22 10:00:00 dhcp01 dhcpd[7]: ${text(name)}`,
  plain: 'yamada-pc',
  syntax,
  holds: ['dhcp.client_hostname'],
});

/** A client chooses the name that stands in brackets. */
export const typedLines: readonly TypedLine[] = [
  line('name in an acknowledgement', (name) => `DHCPACK on 192.0.2.5 to 00:1a:2b:3c:4d:5e (${name}) via eth0`),
  line(
    'name in an acknowledgement with a length',
    (name) => `DHCPACK on 192.0.2.5 to 00:1a:2b:3c:4d:5e (${name}) via eth0 relay 192.0.2.1 lease-duration 600`,
  ),
  line('name in a release', (name) => `DHCPRELEASE of 192.0.2.5 from 00:1a:2b:3c:4d:5e (${name}) via eth0 (found)`),
];
