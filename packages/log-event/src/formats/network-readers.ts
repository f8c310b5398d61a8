/** Programs and devices of networks: which of them writes a message in a syslog envelope. */

import { readDhcpd } from './dhcpd/read-dhcpd.ts';
import { readDnsmasq } from './dnsmasq/read-dnsmasq.ts';
import { readKea } from './kea/read-kea.ts';
import type { ContentReader } from './read-content.ts';

/** Readers by the program's name. */
export const networkPrograms: ReadonlyArray<readonly [string, ContentReader]> = [
  ...named('dhcpd dhcpd6 dhclient udhcpd udhcpc dhcrelay', readDhcpd),
  ...named('dnsmasq dnsmasq-dhcp', readDnsmasq),
  ...named('kea-dhcp4 kea-dhcp6 kea-legal-log', readKea),
];

function named(programs: string, reader: ContentReader): Array<readonly [string, ContentReader]> {
  return programs.split(' ').map((program) => [program, reader] as const);
}
