/** Programs and devices of networks: which of them writes a message in a syslog envelope. */

import type { ClassTable } from '../classes/class-table.ts';
import type { EventDraft } from '../event-draft.ts';
import { ciscoAsaClasses } from './cisco-asa/classes.ts';
import { readCiscoAsa } from './cisco-asa/read-cisco-asa.ts';
import { ciscoIosClasses } from './cisco-ios/classes.ts';
import { readCiscoIos } from './cisco-ios/read-cisco-ios.ts';
import { readDhcpd } from './dhcpd/read-dhcpd.ts';
import { readDnsmasq } from './dnsmasq/read-dnsmasq.ts';
import { readKea } from './kea/read-kea.ts';
import { netfilterClasses } from './netfilter/classes.ts';
import type { ContentReader } from './program-readers.ts';

/** Readers by the program's name. */
export const networkPrograms: ReadonlyArray<readonly [string, ContentReader]> = [
  ...named('dhcpd dhcpd6 dhclient udhcpd udhcpc dhcrelay', readDhcpd),
  ...named('dnsmasq dnsmasq-dhcp', readDnsmasq),
  ...named('kea-dhcp4 kea-dhcp6 kea-legal-log', readKea),
];

function named(programs: string, reader: ContentReader): Array<readonly [string, ContentReader]> {
  return programs.split(' ').map((program) => [program, reader] as const);
}

/** Class tables by the format's name. */
export const networkClasses: ReadonlyArray<readonly [string, ClassTable]> = [
  ['cisco-asa', ciscoAsaClasses],
  ['cisco-ios', ciscoIosClasses],
  ['netfilter', netfilterClasses],
];

/** `%ASA-6-605005: …`, `%SYS-5-CONFIG_I: …`: a message that names what it is. */
export function readMnemonicMessage(draft: EventDraft, message: string): boolean {
  return readCiscoAsa(draft, message) || readCiscoIos(draft, message);
}
