/**
 * DHCP as ISC's server and client and BusyBox's server write it: which address which device had from when on, and for how
 * long (RFC 2131, RFC 8415). `source.ip` is the address of the lease, `source.mac` the device.
 */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable, type MessageRow } from '../message-rows.ts';

const ip = '([0-9A-Fa-f:.]{2,45})';
/** A hardware address, or the client's id in digits where it has none. */
const device = '([0-9A-Fa-f:.-]{2,180})';
/** The client's own name for itself stands in brackets: whatever is in it, the last closing bracket ends it. */
const client = `${device}(?: \\((.{0,256})\\))?`;
/** The address of a relay, or an interface. */
const via = ' via (?:(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})|([^\\s:]{1,64}))';
const rest = '(?:: (.{0,512}))?';
/** Infoblox and others add the relay, the length of the lease, and the client's id. */
const lease =
  '(?: relay (\\S{1,64}))?(?: lease-duration (\\d{1,10}))?(?: offered-duration \\d{1,10})?(?: \\([A-Z]{2,16}\\))?(?: uid (\\S{1,180}))?';

const clientParts = 'source.mac dhcp.client_hostname dhcp.relay_ip interface.name';
const leaseParts = `source ${clientParts} dhcp.relay_ip dhcp.lease_seconds dhcp.client_id`;

const rows: readonly MessageRow[] = [
  messageRow(`^DHCPACK on ${ip} to ${client}${via}${lease}$`, 'dhcp_ack network success', leaseParts),
  messageRow(
    `^DHCPACK to ${ip} \\(${device}\\)${via}$`,
    'dhcp_inform_ack network success',
    'source source.mac dhcp.relay_ip interface.name',
  ),
  messageRow(
    `^DHCPACK (?:of ${ip} )?from ${ip}(?: \\(xid=(0x[0-9a-f]{1,8})\\))?$`,
    'dhcp_ack_received network success',
    'host.ip destination dhcp.transaction_id',
  ),
  messageRow(`^DHCPOFFER on ${ip} to ${client}${via}${lease}$`, 'dhcp_offer network success', leaseParts),
  messageRow(`^DHCPOFFER (?:of ${ip} )?from ${ip}`, 'dhcp_offer_received network', 'host.ip destination'),
  messageRow(
    `^DHCPREQUEST for ${ip}(?: \\(${ip}\\))? from ${client}${via}(?: uid \\S{1,180})?(?: \\([A-Z]{2,16}\\))?${rest}$`,
    'dhcp_request network',
    `source destination ${clientParts} event.reason`,
  ),
  messageRow(
    '^DHCPREQUEST (?:for \\S{1,45} )?on (\\S{1,64}) to (\\S{1,45}) port (\\d{1,5})',
    'dhcp_request_sent network',
    'interface.name destination destination.port',
  ),
  messageRow(
    `^DHCPDISCOVER from ${client}${via}(?: TransID ([0-9a-f]{1,8}))?(?: uid \\S{1,180})?${rest}$`,
    'dhcp_discover network',
    `${clientParts} dhcp.transaction_id event.reason`,
  ),
  messageRow(
    '^DHCPDISCOVER on (\\S{1,64}) to (\\S{1,45}) port (\\d{1,5})',
    'dhcp_discover_sent network',
    'interface.name destination destination.port',
  ),
  messageRow(
    `^DHCPNAK on ${ip} to ${client}${via}${rest}$`,
    'dhcp_nak network failure',
    `source ${clientParts} event.reason`,
  ),
  messageRow(`^DHCPNAK from ${ip}`, 'dhcp_nak_received network failure', 'destination'),
  messageRow(
    `^DHCPRELEASE of ${ip} from ${client}${via}(?: TransID ([0-9a-f]{1,8}))? \\((found)\\)(?: TransID [0-9a-f]{1,8})?(?: uid \\S{1,180})?$`,
    'dhcp_release network success',
    `source ${clientParts} dhcp.transaction_id`,
  ),
  messageRow(
    `^DHCPRELEASE of ${ip} from ${client}${via} \\((not found)\\)`,
    'dhcp_release network failure',
    `source ${clientParts} event.reason`,
  ),
  messageRow(`^DHCPRELEASE of ${ip} from ${client}${via}$`, 'dhcp_release network success', `source ${clientParts}`),
  messageRow(
    `^DHCPRELEASE (?:of ${ip} )?on (\\S{1,64}) to (\\S{1,45}) port (\\d{1,5})`,
    'dhcp_release_sent network',
    'host.ip interface.name destination destination.port',
  ),
  messageRow(
    `^DHCPDECLINE of ${ip} from ${client}${via}${rest}$`,
    'dhcp_decline network failure',
    `source ${clientParts} event.reason`,
  ),
  messageRow(`^DHCPEXPIRE (?:on|of) ${ip} (?:to|from) ${device}`, 'dhcp_expire network', 'source source.mac'),
  messageRow(
    `^DHCPINFORM from ${ip}${via}${rest}$`,
    'dhcp_inform network',
    'source dhcp.relay_ip interface.name event.reason',
  ),
  messageRow(
    `^DHCPLEASE(?:QUERY|ACTIVE|UNKNOWN|UNASSIGNED) (?:from|to|for) ${ip}`,
    'dhcp_lease_query network',
    'source',
  ),
  messageRow(
    `^BOOTREQUEST from ${device}${via}${rest}$`,
    'bootp_request network',
    'source.mac dhcp.relay_ip interface.name event.reason',
  ),
  messageRow(`^BOOTREPLY (?:for|on) ${ip} to ${client}${via}$`, 'bootp_reply network success', `source ${clientParts}`),
  messageRow(
    `^bound to ${ip} -- renewal in (\\d{1,10}) seconds`,
    'dhcp_bound network success',
    'host.ip label:renewal_seconds',
  ),
  messageRow(`^bound: IP address[: ]{1,2}${ip}`, 'dhcp_bound network success', 'host.ip'),
  messageRow(
    '^(No DHCPOFFERS received|No working leases in persistent database)',
    'dhcp_no_offer network failure',
    'event.reason',
  ),
  messageRow(
    `^Solicit message from ${ip} port (\\d{1,5}), transaction ID (0x[0-9A-Fa-f]{1,8})`,
    'dhcp_discover network',
    'source source.port dhcp.transaction_id',
  ),
  messageRow(
    `^Advertise (?:NA|TA|PD): address ${ip} to client with duid (\\S{1,400}) iaid = -?\\d{1,12} valid for (\\d{1,10}) seconds`,
    'dhcp_offer network success',
    'source dhcp.client_id dhcp.lease_seconds',
  ),
  messageRow(
    `^Reply (?:NA|TA|PD): address ${ip} to client with duid (\\S{1,400}) iaid = -?\\d{1,12} valid for (\\d{1,10}) seconds`,
    'dhcp_ack network success',
    'source dhcp.client_id dhcp.lease_seconds',
  ),
  messageRow(
    `^(?:Request|Confirm|Renew|Rebind|Information-request) message from ${ip} port (\\d{1,5}), transaction ID (0x[0-9A-Fa-f]{1,8})`,
    'dhcp_request network',
    'source source.port dhcp.transaction_id',
  ),
  messageRow(`^Client (\\S{1,400}) releases address ${ip}`, 'dhcp_release network success', 'dhcp.client_id source'),
  messageRow(`^Client (\\S{1,400}) declines address ${ip}`, 'dhcp_decline network failure', 'dhcp.client_id source'),
  messageRow(`^(?:Release|Decline) message from ${ip} port (\\d{1,5})`, 'dhcp_message network', 'source source.port'),
  messageRow(
    `^(?:Sending|Picking) (?:Advertise|Reply|Relay-reply|pool) .{0,64}?(?:to|address) ${ip}`,
    'dhcp_message network',
    'destination',
  ),
  messageRow(`^Reusing lease for: ${ip}`, 'dhcp_reuse network success', 'source'),
  messageRow(
    `^reuse_lease: lease age (\\d{1,10}) .{0,96} existing lease for ${ip}`,
    'dhcp_reuse network success',
    'label:lease_age_seconds source',
  ),
  messageRow(`^Abandoning IP address ${ip}: (.{0,256})$`, 'dhcp_abandon network failure', 'source event.reason'),
  messageRow(
    `^Reclaiming (?:REQUESTed )?abandoned (?:IP address|lease) ${ip}`,
    'dhcp_reclaim network success',
    'source',
  ),
  messageRow(`^ICMP Echo reply while lease ${ip} valid`, 'dhcp_conflict network failure', 'source'),
  messageRow(
    `^uid lease ${ip} for client ${device} is duplicate on (\\S{1,64})$`,
    'dhcp_duplicate network failure',
    'source source.mac label:network',
  ),
  messageRow(
    `^(?:Added new|Removed) (?:forward|reverse) map from (\\S{1,255}) to (\\S{1,255})$`,
    'dhcp_dns_update network success',
    'dns.question.name label:map_to',
  ),
  messageRow(
    '^(Unable to add (?:forward|reverse) map from .{1,700})$',
    'dhcp_dns_update network failure',
    'event.reason',
  ),
  messageRow(
    '^(?:Wrote \\d{1,9} |Internet Systems Consortium|Copyright |All rights reserved|For info, |Config file: |Database file: |PID file: )',
    'dhcp_server_notice process',
  ),
  messageRow('^(?:Listening|Sending) on ', 'dhcp_server_start process success'),
  messageRow('^Server starting service', 'dhcp_server_start process success'),
  messageRow(
    '^(Configuration file errors encountered -- exiting|exiting\\.)$',
    'dhcp_server_stop process failure',
    'event.reason',
  ),
  messageRow('^Not (?:searching LDAP|configured to listen on any interfaces)', 'dhcp_server_notice process'),
  messageRow('^(No subnet declaration for .{1,128})$', 'dhcp_server_notice process failure', 'event.reason'),
  messageRow(
    '^(?:failover peer \\S{1,128}: |peer \\S{1,128}: |balanc(?:ing|ed) pool )(.{1,256})$',
    'dhcp_failover network',
    'event.reason',
  ),
  messageRow(
    '^(?:bind update on |Failover CONNECT |lease imbalance )(.{1,256})$',
    'dhcp_failover network',
    'event.reason',
  ),
  messageRow(
    '^(Dynamic and static leases present for .{1,128}|parse_option_buffer: .{1,256}|bad (?:udp|ip) checksum.{0,128}|\\d{1,9} bad (?:udp|ip) checksums.{0,128})',
    'dhcp_server_notice process failure',
    'event.reason',
  ),
  messageRow(
    '^(DHCPRELEASE from \\S{1,180} specified requested-address)',
    'dhcp_message network failure',
    'event.reason',
  ),
  messageRow(
    '^Forward map from (\\S{1,255}) to (\\S{1,45}) (already in use)',
    'dhcp_dns_update network failure',
    'dns.question.name label:map_to event.reason',
  ),
  messageRow(
    '^Removed (?:forward|reverse) map on (\\S{1,255})',
    'dhcp_dns_update network success',
    'dns.question.name',
  ),
  messageRow(
    "^(?:pool [0-9a-f]{1,16} |execute_statement argv|Dynamic DNS|Can't |if \\S{1,64} IN |remove_all_if_lease)",
    'dhcp_server_notice process',
  ),
  // BusyBox.
  messageRow(`^[Ss]ending OFFER (?:of|to) ${ip}$`, 'dhcp_offer network success', 'source'),
  messageRow(`^[Ss]ending ACK to ${ip}$`, 'dhcp_ack network success', 'source'),
  messageRow('^[Ss]ending NAK', 'dhcp_nak network failure'),
  messageRow('^[Rr]eceived (?:DISCOVER|REQUEST|INFORM|RELEASE|DECLINE)', 'dhcp_message network'),
];

const table = messageTable(rows);

export function readDhcpd(draft: EventDraft, message: string): boolean {
  draft.parsedAs('dhcpd');
  if (!readByTable(draft, message.trimEnd(), table)) draft.partly('dhcpd', 'unknown-message');
  return true;
}
