/**
 * The log of Windows' DHCP server: `10,11/22/26,10:00:00,Assign,192.168.0.1,pc001,000000000001,…`. `source.ip` is the address of
 * the lease, `source.mac` the device, as of the other DHCP servers.
 */

import type { EventDraft } from '../../event-draft.ts';
import { readClock } from '../../time/read-time.ts';
import { isCalendarDay } from '../../time/wall-time.ts';
import { readCsvRow } from '../../csv-row.ts';
import { macAddress } from '../mac-address.ts';

export const windowsDhcpFormat = 'windows-dhcp';

const head = /^(\d{2,5}),(\d\d)\/(\d\d)\/(\d\d(?:\d\d)?),/;

const events: Readonly<Record<string, string>> = {
  '00': 'dhcp_log_started success',
  '01': 'dhcp_log_stopped success',
  '02': 'dhcp_log_paused failure',
  10: 'dhcp_ack success',
  11: 'dhcp_ack success',
  12: 'dhcp_release success',
  13: 'dhcp_address_in_use failure',
  14: 'dhcp_no_free_leases failure',
  15: 'dhcp_denied failure',
  16: 'dhcp_expire success',
  17: 'dhcp_expire success',
  18: 'dhcp_expire success',
  20: 'dhcp_bootp_ack success',
  21: 'dhcp_bootp_ack success',
  22: 'dhcp_no_free_leases failure',
  23: 'dhcp_expire success',
  24: 'dhcp_cleanup_started success',
  25: 'dhcp_cleanup_ended success',
  30: 'dhcp_dns_update_requested success',
  31: 'dhcp_dns_update failure',
  32: 'dhcp_dns_update success',
  33: 'dhcp_packet_dropped failure',
  34: 'dhcp_dns_update failure',
  35: 'dhcp_dns_update failure',
  36: 'dhcp_packet_dropped failure',
};

export function startsWindowsDhcp(text: string): boolean {
  const comma = text.indexOf(',');
  return comma >= 2 && comma <= 5 && text.charCodeAt(comma + 3) === 47 && head.test(text.slice(0, 20));
}

export function readWindowsDhcp(draft: EventDraft): boolean {
  const { text } = draft;
  const match = head.exec(text.slice(0, 20));
  if (match === null) return false;
  const [whole, code = '', month = '', day = '', year = ''] = match;
  const wall = readClock(text, whole.length);
  const calendar = {
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
  };
  if (
    wall === undefined ||
    text.charCodeAt(wall.end) !== 44 ||
    !isCalendarDay(calendar.year, calendar.month, calendar.day)
  )
    return false;
  Object.assign(wall, calendar);
  draft.parsedAs(windowsDhcpFormat);
  draft.setWall(wall, code.length + 1);
  const [description = '', address, name, device = '', user, transaction] = readCsvRow(text, wall.end + 1, {
    most: 16,
  });
  const [action = 'dhcp_event', outcome] = (events[code] ?? '').split(' ');
  draft.event(
    action === '' ? 'dhcp_event' : action,
    'network',
    outcome === 'success' || outcome === 'failure' ? outcome : undefined,
  );
  draft.keyword('event.code', code);
  draft.keyword('event.reason', description.trim());
  draft.endpoint('source', address?.trim());
  if (device !== '') draft.keyword('source.mac', macAddress(device));
  draft.keyword('dhcp.client_hostname', name);
  draft.keyword('user.name', user);
  if (transaction !== undefined && transaction !== '0') draft.keyword('dhcp.transaction_id', transaction);
  draft.set('process.name', 'dhcpserver');
  return true;
}
