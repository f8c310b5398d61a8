/** What the ASA has refused, by message number. */

import { messageRow, type MessageRow } from '../message-rows.ts';
import { endpoint, more } from './asa-texts.ts';

const denied = 'asa_denied network failure';
const attack = 'asa_attack intrusion_detection failure';

export const asaDenials: Readonly<Record<string, MessageRow>> = {
  '106001': messageRow(
    `^Inbound (\\S{1,16}) connection denied from ${endpoint} to ${endpoint} flags (.{1,64}?)\\s+on interface (\\S{1,64})`,
    denied,
    'network.transport from to label:flags observer.ingress.interface.name',
  ),
  '106002': messageRow(
    `^(\\S{1,16}) Connection denied by outbound list (\\S{1,128}) src ${endpoint} dest ${endpoint}`,
    denied,
    'network.transport rule.name from to',
  ),
  '106006': messageRow(
    `^Deny inbound (\\S{1,16}) from ${endpoint} to ${endpoint} on interface (\\S{1,64})`,
    denied,
    'network.transport from to observer.ingress.interface.name',
  ),
  '106007': messageRow(
    `^Deny inbound (\\S{1,16}) from ${endpoint} to ${endpoint} due to (.{1,64})`,
    denied,
    'network.transport from to event.reason',
  ),
  '106010': messageRow(
    `^Deny inbound (?:protocol )?(\\S{1,16}) src ${endpoint} dst ${endpoint}`,
    denied,
    'network.transport from to',
  ),
  '106011': messageRow(
    `^Deny inbound \\(No xlate\\) (?:protocol )?(\\S{1,16}) src ${endpoint} dst ${endpoint}`,
    denied,
    'network.transport from to event.reason=no-xlate',
  ),
  '106012': messageRow(`^Deny IP from ${endpoint} to ${endpoint}, (IP options.{0,64})`, denied, 'from to event.reason'),
  '106013': messageRow(
    `^Dropping echo request from ${endpoint} to (?:PAT address )?${endpoint}`,
    denied,
    'from to network.transport=icmp',
  ),
  '106014': messageRow(
    `^Deny inbound (icmp) src ${endpoint}${more} dst ${endpoint}${more}`,
    denied,
    'network.transport from to',
  ),
  '106015': messageRow(
    `^Deny (\\S{1,16}) \\((no connection)\\) from ${endpoint} to ${endpoint} flags (.{1,64}?)\\s+on interface (\\S{1,64})`,
    'asa_no_connection network failure',
    'network.transport event.reason from to label:flags observer.ingress.interface.name',
  ),
  '106016': messageRow(
    `^Deny (IP spoof) from \\(?([^\\s()]{1,64})\\)? to ${endpoint} on interface (\\S{1,64})`,
    attack,
    'event.reason from to observer.ingress.interface.name',
  ),
  '106017': messageRow(`^Deny IP due to (Land Attack) from ${endpoint} to ${endpoint}`, attack, 'event.reason from to'),
  '106018': messageRow(
    `^ICMP packet type (\\S{1,16}) denied by outbound list (\\S{1,128}) src ${endpoint} dest ${endpoint}`,
    denied,
    'label:icmp_type rule.name from to network.transport=icmp',
  ),
  '106020': messageRow(
    `^Deny IP (teardrop fragment) \\(.{0,96}\\) from ${endpoint} to ${endpoint}`,
    attack,
    'event.reason from to',
  ),
  '106021': messageRow(
    `^Deny (\\S{1,16}) (reverse path check) from ${endpoint} to ${endpoint} on interface (\\S{1,64}?)\\.?$`,
    attack,
    'network.transport event.reason from to observer.ingress.interface.name',
  ),
  '106022': messageRow(
    `^Deny (\\S{1,16}) (connection spoof) from ${endpoint} to ${endpoint} on interface (\\S{1,64}?)\\.?$`,
    attack,
    'network.transport event.reason from to observer.ingress.interface.name',
  ),
  '106023': messageRow(
    `^Deny (?:protocol )?(\\S{1,16}) src ${endpoint}${more} dst ${endpoint}${more} by access-group "?([^"\\s]{1,128})`,
    denied,
    'network.transport from to rule.name',
  ),
  '106025': messageRow(
    `^(Failed to determine the security context) for the packet:\\S{1,64}:\\S{1,64} (\\S{1,45}) (\\S{1,45})`,
    denied,
    'event.reason source destination',
  ),
  '106027': messageRow(
    `^\\S{1,64}:Deny src ${endpoint} dst ${endpoint} by access-group "?([^"\\s]{1,128})`,
    denied,
    'from to rule.name',
  ),
  '106102': messageRow(
    `^access-list (\\S{1,128}) permitted (\\S{1,16}) for user (\\S{1,128}) ${endpoint}${more} -> ${endpoint}`,
    'asa_permitted network success',
    'rule.name network.transport user.name from to',
  ),
  '106103': messageRow(
    `^access-list (\\S{1,128}) denied (\\S{1,16}) for user (\\S{1,128}) ${endpoint}${more} -> ${endpoint}`,
    denied,
    'rule.name network.transport user.name from to',
  ),
  '313001': messageRow(
    `^Denied (ICMP) type=\\S{1,16} code=\\S{1,16} from ${endpoint} on interface (\\S{1,64})`,
    denied,
    'network.transport from observer.ingress.interface.name',
  ),
  '313004': messageRow(
    `^Denied (ICMP) type=\\S{1,16} from (?:laddr )?${endpoint} on interface (\\S{1,64}) to ([^\\s:]{1,64}): (no matching session)`,
    denied,
    'network.transport from observer.ingress.interface.name to event.reason',
  ),
  '313005': messageRow(
    `^(No matching connection for ICMP error message): (icmp) src ${endpoint}${more} dst ${endpoint}`,
    'asa_no_connection network failure',
    'event.reason network.transport from to',
  ),
  '313008': messageRow(
    `^Denied (\\S{1,16}) type=\\S{1,16} code=\\S{1,16} from ${endpoint} on interface (\\S{1,64})`,
    denied,
    'network.transport from observer.ingress.interface.name',
  ),
  '313009': messageRow(
    `^Denied (invalid ICMP code) \\d{1,5}, for ${endpoint}${more} to ${endpoint}`,
    denied,
    'event.reason from to network.transport=icmp',
  ),
  '304002': messageRow(
    '^Access denied URL (\\S{1,2048}) SRC (\\S{1,64}) DEST (\\S{1,64})(?: on interface (\\S{1,64}))?',
    denied,
    'url.original from to observer.ingress.interface.name',
  ),
  '322001': messageRow(
    '^Deny MAC address ([^\\s,]{1,24}),? (possible spoof attempt) on interface (\\S{1,64})',
    attack,
    'source.mac event.reason observer.ingress.interface.name',
  ),
  '401002': messageRow(
    '^Shun added: (\\S{1,45})(?: (\\S{1,45}))?',
    'asa_shun_added configuration success',
    'source destination',
  ),
  '401003': messageRow('^Shun deleted: (\\S{1,45})', 'asa_shun_deleted configuration success', 'source'),
  '401004': messageRow(
    '^Shunned packet: (\\S{1,45}) (?:=+>?|->) (\\S{1,45}) on interface (\\S{1,64})',
    denied,
    'source destination observer.ingress.interface.name event.reason=shunned',
  ),
  '405001': messageRow(
    '^Received ARP (?:request|response) (collision) from ([^\\s/]{1,45})/(\\S{1,24}) on interface (\\S{1,64})',
    'asa_arp_collision network failure',
    'event.reason source source.mac observer.ingress.interface.name',
  ),
  '405003': messageRow(
    '^IP address (collision) detected between host (\\S{1,45}) at (\\S{1,24}) and interface ([^\\s,]{1,64})',
    'asa_arp_collision network failure',
    'event.reason source source.mac observer.ingress.interface.name',
  ),
  '209005': messageRow(
    '^(Discard IP fragment set .{1,64}): {1,2}src = (\\S{1,45}?), dest = (\\S{1,45}?), proto = (\\S{1,16}?), ',
    'asa_discarded network failure',
    'event.reason source destination network.transport',
  ),
  '410001': messageRow(
    `^Dropped (\\S{1,16}) (DNS) .{1,16} from ${endpoint} to ([^\\s;]{1,128}); (.{1,128})$`,
    'asa_discarded network failure',
    'network.transport network.protocol from to event.reason',
  ),
  '418001': messageRow(
    `^(Through-the-device packet to/from management-only network) is denied: (\\S{1,16}) src ${endpoint}${more} dst ${endpoint}`,
    denied,
    'event.reason network.transport from to',
  ),
  '420002': messageRow(
    `^(IPS) requested to drop (?:ICMP )?(\\S{1,16}) packet from ${endpoint} to ${endpoint}`,
    attack,
    'event.reason network.transport from to',
  ),
  '420003': messageRow(
    `^(IPS) requested to reset (\\S{1,16}) connection from ${endpoint} to ${endpoint}`,
    attack,
    'event.reason network.transport from to',
  ),
  '434002': messageRow(
    `^(SFR) requested to drop (\\S{1,16}) packet from ${endpoint} to ${endpoint}`,
    attack,
    'event.reason network.transport from to',
  ),
  '434004': messageRow(`^(SFR) requested .{1,64} to ${endpoint}`, attack, 'event.reason to'),
  '338006': messageRow(
    `^(Dynamic Filter) dropped (?:blacklisted|blocklisted) (\\S{1,16}) traffic from ${endpoint}${more} to ${endpoint}`,
    denied,
    'event.reason network.transport from to',
  ),
  '338008': messageRow(
    `^(Dynamic Filter) dropped (?:blacklisted|blocklisted) (\\S{1,16}) traffic from ${endpoint}${more} to ${endpoint}`,
    denied,
    'event.reason network.transport from to',
  ),
  '710001': messageRow(
    `^(\\S{1,16}) access requested from ${endpoint} to ${endpoint}`,
    'asa_requested network',
    'network.transport from to',
  ),
  '710002': messageRow(
    `^(\\S{1,16}) access permitted from ${endpoint} to ${endpoint}`,
    'asa_permitted network success',
    'network.transport from to',
  ),
  '710003': messageRow(
    `^(\\S{1,16}) access denied by ACL from ${endpoint} to ${endpoint}`,
    denied,
    'network.transport from to',
  ),
  '710004': messageRow(
    `^(\\S{1,16}) (connection limit exceeded) from ${endpoint} to ${endpoint}`,
    'asa_limit network failure',
    'network.transport event.reason from to',
  ),
  '710005': messageRow(
    `^(\\S{1,16}) request discarded from ${endpoint} to ${endpoint}`,
    'asa_discarded network failure',
    'network.transport from to',
  ),
  '710006': messageRow(
    `^(\\S{1,16}) request discarded from ${endpoint} to ${endpoint}`,
    'asa_discarded network failure',
    'network.transport from to',
  ),
};
