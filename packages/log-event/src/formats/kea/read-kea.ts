/**
 * ISC Kea: `[kea-dhcp4.leases/7.140] DHCP4_LEASE_ALLOC [hwtype=1 00:1a:…], cid=[…], tid=0x…: lease 192.0.2.5 has been
 * allocated for 3600 seconds`, in its own file and through syslog, and the lines of its legal log.
 */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { macAddress } from '../mac-address.ts';
import { fillRow, messageRow, messageTable, readByTable, type MessageRow } from '../message-rows.ts';

const header = /^(FATAL|ERROR|WARN|INFO|DEBUG) {1,3}(?:\[([\w.-]{1,64})[^\]]{0,64}\] )?([A-Z][A-Z0-9_]{3,80})(?: |$)/;
/** The client's own words (its id, its name) come only behind the hardware address that the server has seen. */
const hardware = /(?:^| client )\[(?:hwtype=\d{1,3} )?([0-9A-Fa-f:]{2,180})\]/;
const clientId = /(?:^| client )\[[^\]]{0,200}\], cid=\[([0-9A-Fa-f:]{2,400})\]/;
const duid = /^(?:\[hwtype=\d{1,3} [0-9A-Fa-f:]{2,64}\], )?duid=\[([0-9A-Fa-f:]{2,400})\]/;
const transaction = /, tid=(0x[0-9a-f]{1,8})(?=[:,. ]|$)/;

const failed = /_(?:FAIL|FAILED|ERROR)$/;

const ip = '([0-9A-Fa-f:.]{2,45})';
const lease = `(?:lease|address) (?:for address )?${ip}`;

/** What follows the client, by the message's id. */
const rows = new Map<string, MessageRow>([
  [
    'LEASE_ALLOC',
    messageRow(
      `: ${lease}(?: and iaid=\\d{1,12})? has been allocated(?: for (\\d{1,10}) seconds)?$`,
      'dhcp_ack network success',
      'source dhcp.lease_seconds',
    ),
  ],
  [
    'LEASE_REUSE',
    messageRow(
      `: ${lease}(?: and iaid=\\d{1,12})? has been reused for (\\d{1,10}) seconds$`,
      'dhcp_ack network success',
      'source dhcp.lease_seconds',
    ),
  ],
  ['LEASE_OFFER', messageRow(`: ${lease} will be offered`, 'dhcp_offer network success', 'source')],
  [
    'LEASE_ADVERT',
    messageRow(`: ${lease}(?: and iaid=\\d{1,12})? will be advertised`, 'dhcp_offer network success', 'source'),
  ],
  ['LEASE_ADVERT_FAIL', messageRow(': (failed to .{1,128})$', 'dhcp_nak network failure', 'event.reason')],
  ['LEASE_ALLOC_FAIL', messageRow(': (failed to .{1,128})$', 'dhcp_nak network failure', 'event.reason')],
  ['RELEASE', messageRow(`: address ${ip} was released properly`, 'dhcp_release network success', 'source')],
  [
    'RELEASE_NA',
    messageRow(
      `: binding for address ${ip} and iaid=\\d{1,12} was released properly`,
      'dhcp_release network success',
      'source',
    ),
  ],
  ['RELEASE_NA_DELETED', messageRow(`: (?:binding for )?address ${ip} `, 'dhcp_release network success', 'source')],
  ['RELEASE_DELETED', messageRow(`: (?:address|lease for address) ${ip} `, 'dhcp_release network success', 'source')],
  [
    'RELEASE_EXPIRED',
    messageRow(`: (?:address|lease for address|binding for address) ${ip} `, 'dhcp_release network success', 'source'),
  ],
  ['RELEASE_FAIL', messageRow(`: (failed to .{1,64}) ${ip}`, 'dhcp_release network failure', 'event.reason source')],
  ['ALLOC_ENGINE_V4_LEASE_RECLAIM', messageRow(`expired lease for address ${ip}$`, 'dhcp_expire network', 'source')],
  [
    'ALLOC_ENGINE_V6_LEASE_RECLAIM',
    messageRow(`expired lease for (?:address|prefix) ${ip}`, 'dhcp_expire network', 'source'),
  ],
  ['DECLINE_LEASE', messageRow(`(?:addr|address) ${ip} `, 'dhcp_decline network failure', 'source')],
  ['LEASE_DECLINE', messageRow(`address ${ip} `, 'dhcp_decline network failure', 'source')],
  ['INIT_REBOOT', messageRow(`requests address ${ip}$`, 'dhcp_request network', 'source')],
]);

/** Messages that begin with the address. */
const bare = messageTable([
  messageRow(`^${ip}: `, 'dhcp_message network', 'source'),
  messageRow(`^Lease ${ip}`, 'dhcp_message network', 'source'),
]);

const device = '(?:hardware address: hwtype=\\d{1,3} ([0-9A-Fa-f:]{2,180})|DUID: ([0-9A-Fa-f:]{2,400}))';

/** The legal log says how long in words: `1 hrs 0 mins 0 secs`. */
const legal = messageTable([
  messageRow(
    `^Address: ${ip} has been (?:assigned|renewed|reassigned) for ((?:\\d{1,6} [a-z]{1,5} ){0,3}\\d{1,6} [a-z]{1,5}) to a device with ${device}`,
    'dhcp_ack network success',
    'source label:duration source.mac dhcp.client_id',
  ),
  messageRow(
    `^Address: ${ip} has been released from a device with ${device}`,
    'dhcp_release network success',
    'source source.mac dhcp.client_id',
  ),
]);

/** The file's line: its time, then `INFO  [kea-dhcp4.leases/…]`; its legal log says `JST Address: …`. */
export function readKeaFile(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  let at = wall.end + 1;
  if (!text.startsWith('[kea-', wall.end + 7) && !text.startsWith('[kea-', wall.end + 6)) {
    const address = text.indexOf('Address: ', at);
    if (address < 0 || address > at + 8 || !readLegal(draft, text.slice(address))) return false;
    draft.setWall(wall, 0);
    draft.setZone(text.slice(at, address).trim());
    at = address;
  } else {
    draft.setWall(wall, 0);
    readKea(draft, text.slice(at));
  }
  draft.messageStart = at;
  return true;
}

export function readKea(draft: EventDraft, message: string): boolean {
  if (readLegal(draft, message)) return true;
  draft.parsedAs('kea');
  const match = header.exec(message);
  if (match === null) {
    draft.partly('kea', 'unknown-message');
    return true;
  }
  const [all, level = '', logger, id = ''] = match;
  draft.keyword('log.level', level.toLowerCase());
  draft.keyword('log.logger', logger);
  draft.keyword('event.code', id);
  const rest = message.slice(all.length);
  const row = rows.get(id.replace(/^DHCP[46]_/, ''));
  const found = row?.pattern.exec(rest);
  if (row !== undefined && found !== undefined && found !== null) fillRow(draft, row, found);
  else if (!readByTable(draft, rest, bare))
    draft.event(`kea_${id.toLowerCase()}`, 'network', failed.test(id) ? 'failure' : undefined);
  takeClient(draft, rest);
  return true;
}

function takeClient(draft: EventDraft, text: string): void {
  const mac = hardware.exec(text)?.[1];
  if (mac !== undefined) draft.keyword('source.mac', macAddress(mac));
  draft.keyword('dhcp.client_id', (duid.exec(text) ?? clientId.exec(text))?.[1]);
  draft.keyword('dhcp.transaction_id', transaction.exec(text)?.[1]);
}

const part = /(\d{1,6}) ([a-z])/g;
const secondsOf: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };

function readLegal(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message, legal)) return false;
  draft.parsedAs('kea');
  const written = draft.labelValues[draft.labelKeys.indexOf('duration')];
  if (written === undefined) return true;
  let seconds = 0;
  for (const [, count, unit = ''] of written.matchAll(part)) seconds += Number(count) * (secondsOf[unit] ?? 0);
  draft.set('dhcp.lease_seconds', seconds);
  return true;
}
