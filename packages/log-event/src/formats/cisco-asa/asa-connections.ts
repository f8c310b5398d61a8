/** Connections through the ASA, by message number. */

import { messageRow, type MessageRow } from '../message-rows.ts';
import { endpoint, more } from './asa-texts.ts';

/** `outside:203.0.113.9/40004 (203.0.113.9/40004)(LOCAL\\suzuki)`: address, translated address and, with identity, the user. */
const side = '([^\\s()]{1,128})(?: ?\\(([^()]{1,64})\\))?(?:\\(([^()]{0,128})\\))?';
const built = (direction: string): string =>
  `^Built (${direction}) (?:stub )?(\\S{1,16}) (?:state-bypass )?connection (\\d{1,20}) (?:for|from) ${side} to ${side}(?: \\(([^()]{1,128})\\))?`;
const about = 'network.direction network.transport event.id';
const teardown = `^Teardown (?:stub )?(\\S{1,16}) (?:state-bypass )?connection (\\d{1,20}) (?:for|from) ${endpoint}${more} to ${endpoint}${more}(?: duration (\\S{1,24}))?(?: (?:forwarded )?bytes (\\d{1,20}))?(?: (.{1,96}))?$`;
/** `for` names the side of the lower security; which of the two has asked is only in the direction. */
const opened = (): readonly MessageRow[] => [
  messageRow(
    built('inbound'),
    'asa_connection_opened network success',
    `${about} from label:translated_source user.name to label:translated_destination user.target.name user.name`,
  ),
  messageRow(
    built('outbound'),
    'asa_connection_opened network success',
    `${about} to label:translated_destination user.target.name from label:translated_source user.name user.name`,
  ),
];
const closed = (): MessageRow =>
  messageRow(
    teardown,
    'asa_connection_closed network',
    'network.transport event.id from to label:duration network.bytes event.reason',
  );

export const asaConnections: Readonly<Record<string, MessageRow | readonly MessageRow[]>> = {
  '302013': opened(),
  '302014': closed(),
  '302015': opened(),
  '302016': closed(),
  '302017': opened(),
  '302018': closed(),
  '302020': messageRow(
    '^Built (?:(inbound|outbound) )?(ICMP) connection (?:for )?faddr (\\S{1,64}) gaddr (\\S{1,64}) laddr (\\S{1,64})',
    'asa_connection_opened network success',
    'network.direction network.transport from - to',
  ),
  '302021': messageRow(
    `^Teardown (ICMP) connection (?:\\d{1,20} )?(?:for |from )?(?:faddr )?${endpoint}${more} (?:gaddr \\S{1,64} laddr|to) ${endpoint}`,
    'asa_connection_closed network',
    'network.transport from to',
  ),
  '302022': opened(),
  '302023': messageRow(
    `^Teardown stub (\\S{1,16}) connection for ${endpoint} to ${endpoint} duration (\\S{1,24}) forwarded bytes (\\d{1,20}) (?:reason )?(.{1,96})$`,
    'asa_connection_closed network',
    'network.transport from to label:duration network.bytes event.reason',
  ),
  '302303': opened(),
  '302304': closed(),
  '303002': messageRow(
    `^(?:Strict )?(FTP) connection from ${endpoint} to ([^\\s,]{1,128}),? ?user (.{0,256}) (Stored|Retrieved|Created|Deleted|Renamed) (?:file|directory) (.{1,1024})$`,
    'asa_ftp_file file',
    'network.protocol from to user.name label:operation file.path',
  ),
  '304001': messageRow(
    '^(?:(\\S{1,128})@)?(\\S{1,64}?)(?:\\(\\S{0,128}\\))? Accessed (?:JAVA )?URL ([0-9A-Fa-f.:]{2,45}):(\\S{1,2048})',
    'asa_url_accessed network success',
    'user.name from destination url.original',
  ),
  '305011': messageRow(
    `^Built (\\S{1,16}) (\\S{1,16}) translation from ${endpoint}${more} to ${endpoint}`,
    'asa_translation_built network',
    'label:translation network.transport from to',
  ),
  '305012': messageRow(
    `^Teardown (\\S{1,16}) (\\S{1,16}) translation from ${endpoint}${more} to ${endpoint} duration (\\S{1,24})`,
    'asa_translation_removed network',
    'label:translation network.transport from to label:duration',
  ),
  '603108': messageRow(
    '^Built (PPTP) Tunnel at (\\S{1,64}?),? tunnel-id = \\d{1,10}, remote-peer = (\\S{1,64}?), virtual-interface = \\d{1,10}, client-dynamic-ip = (\\S{1,64}?), username = (.{0,256}?), MPPE',
    'asa_vpn_opened session success',
    'network.protocol observer.ingress.interface.name source label:assigned_ip user.name',
  ),
  '609001': messageRow(`^Built local-host ${endpoint}`, 'asa_host_added network', 'from'),
  '609002': messageRow(
    `^Teardown local-host ${endpoint} duration (\\S{1,24})`,
    'asa_host_removed network',
    'from label:duration',
  ),
  '602303': messageRow(
    '^IPSEC: An (\\S{1,16}) .{1,64} \\(SPI ?= ?\\S{1,20}\\) between (\\S{1,64}) and (\\S{1,64}) \\((?:user ?= ?)?(.{0,256})\\) has been created',
    'asa_vpn_opened session success',
    'network.direction destination source user.name',
  ),
  '602304': messageRow(
    '^IPSEC: An (\\S{1,16}) .{1,64} \\(SPI ?= ?\\S{1,20}\\) between (\\S{1,64}) and (\\S{1,64}) \\((?:user ?= ?)?(.{0,256})\\) has been deleted',
    'asa_vpn_closed session success',
    'network.direction destination source user.name',
  ),
};
