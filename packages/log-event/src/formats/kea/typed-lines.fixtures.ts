import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  ': lease 198.51.100.66 has been allocated for 9 seconds',
  'address 198.51.100.66 was released properly',
  ', cid=[01:00:00:00:00:00:66]',
  ' client [hwtype=1 00:00:00:00:00:66]',
  ', tid=0x66:',
];

export const typedLines: readonly TypedLine[] = [
  {
    what: 'name that a client gives itself',
    write: (name) =>
      `2026-11-22 10:00:00.000 DEBUG [kea-dhcp4.ddns/7.1] DHCP4_RESPONSE_HOSTNAME_DATA [hwtype=1 00:1a:2b:3c:4d:5e], cid=[01:00:1a:2b:3c:4d:5e], tid=0x1a: including Hostname option in the response: ${name}`,
    plain: 'yamada-pc',
    syntax,
    holds: [],
  },
];
