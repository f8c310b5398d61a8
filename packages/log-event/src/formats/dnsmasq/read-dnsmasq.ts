/** dnsmasq's DHCP and DNS: leases of small networks and appliances, and who asked for which name. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable, type MessageRow } from '../message-rows.ts';

const ip = '([0-9A-Fa-f:.]{2,45})';
const device = '([0-9A-Fa-f:-]{2,180})';
/** With `log-dhcp` every message has its transaction before it. */
const start = '^(?:(\\d{1,10}) )?';
const port = '\\((\\S{1,64}?)\\)';
const head = 'dhcp.transaction_id interface.name';

const dhcpRows: readonly MessageRow[] = [
  messageRow(
    `${start}DHCPACK${port} ${ip} ${device}(?: (.{1,255}))?$`,
    'dhcp_ack network success',
    `${head} source source.mac dhcp.client_hostname`,
  ),
  messageRow(`${start}DHCPOFFER${port} ${ip} ${device}`, 'dhcp_offer network success', `${head} source source.mac`),
  messageRow(`${start}DHCPREQUEST${port} ${ip} ${device}`, 'dhcp_request network', `${head} source source.mac`),
  messageRow(
    `${start}DHCPDISCOVER${port} (?:${ip} )?${device}(?: (no address available|.{1,128}))?$`,
    'dhcp_discover network',
    `${head} source source.mac event.reason`,
  ),
  messageRow(
    `${start}DHCPRELEASE${port} ${ip} ${device}(?: (unknown lease))?`,
    'dhcp_release network success',
    `${head} source source.mac event.reason`,
  ),
  messageRow(`${start}DHCPDECLINE${port} ${ip} ${device}`, 'dhcp_decline network failure', `${head} source source.mac`),
  messageRow(
    `${start}DHCPNAK${port} ${ip} ${device}(?: (.{1,128}))?$`,
    'dhcp_nak network failure',
    `${head} source source.mac event.reason`,
  ),
  messageRow(`${start}DHCPINFORM${port} ${ip} ${device}`, 'dhcp_inform network', `${head} source source.mac`),
  messageRow(
    `${start}DHCPREPLY${port} ${ip} ${device}(?: (\\S{1,255}))?$`,
    'dhcp_ack network success',
    `${head} source dhcp.client_id dhcp.client_hostname`,
  ),
  messageRow(
    `${start}DHCPADVERTISE${port} ${ip} ${device}`,
    'dhcp_offer network success',
    `${head} source dhcp.client_id`,
  ),
  messageRow(`${start}DHCPSOLICIT${port} ${device}`, 'dhcp_discover network', `${head} dhcp.client_id`),
  messageRow(
    `${start}DHCP(?:RENEW|REBIND|CONFIRM|INFORMATION-REQUEST)${port} (?:${ip} )?${device}`,
    'dhcp_request network',
    `${head} source dhcp.client_id`,
  ),
  messageRow(
    `${start}(?:RTR-ADVERT|RTR-SOLICIT|SLAAC-CONFIRM)${port} ${ip}`,
    'dhcp_router_advertisement network',
    `${head} source`,
  ),
  messageRow(
    `^(not giving name \\S{1,255} to the DHCP lease of) ${ip} `,
    'dhcp_name_refused network failure',
    'event.reason source',
  ),
  messageRow(
    `${start}(?:available DHCP |DHCP, |DHCPv6|client provides|vendor class|user class|tags: |requested options|next server|sent size|broadcast response|bootfile name|server-identifier|IPv6 |read /|using |no address range|router advertisement|stop|duplicate|disabled|abandoning)`,
    'dhcp_server_notice process',
    'dhcp.transaction_id',
  ),
];
const dhcpTable = messageTable(dhcpRows);

/** With `log-queries=extra` a number and the client stand before the query. */
const extra = '^(?:\\d{1,10} ([0-9A-Fa-f:.]{2,45})\\/(\\d{1,5}) )?';

const dnsRows: readonly MessageRow[] = [
  messageRow(
    `${extra}(?:dnssec-)?query\\[([\\w-]{1,24})\\] (.{1,1024}) (?:from|to) ${ip}$`,
    'dns_query network',
    'source source.port dns.question.type dns.question.name source',
  ),
  messageRow(
    `${extra}forwarded (.{1,1024}) to ${ip}`,
    'dns_forward network',
    'source source.port dns.question.name destination',
  ),
  messageRow(
    `${extra}(?:reply|cached|cached-stale|config|DHCP|/\\S{1,255}) (.{1,1024}?) is (.{1,1024})$`,
    'dns_response network',
    'source source.port dns.question.name label:answer',
  ),
  messageRow(
    `${extra}validation (?:result|\\S{1,1024}) is (.{1,128})$`,
    'dns_response network',
    'source source.port event.reason',
  ),
  messageRow(
    '^(possible DNS-rebind attack detected): (.{1,1024})$',
    'dns_rebind network failure',
    'event.reason dns.question.name',
  ),
  messageRow(
    '^(?:started|exiting|compile time|using |reading |read |cleared|ignoring|setting |chown|DNS service|DBus|warning|failed |bad |cache size|LOUD WARNING|Maximum number|nameserver |inotify|no servers|unknown interface|listening )',
    'dns_server_notice process',
  ),
];
const dnsTable = messageTable(dnsRows);

export function readDnsmasq(draft: EventDraft, message: string): boolean {
  draft.parsedAs('dnsmasq');
  const text = message.trimEnd();
  if (!readByTable(draft, text, dhcpTable) && !readByTable(draft, text, dnsTable))
    draft.partly('dnsmasq', 'unknown-message');
  return true;
}
