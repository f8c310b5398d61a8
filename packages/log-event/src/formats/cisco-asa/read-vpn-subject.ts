/**
 * VPN messages begin with whom they are about: `Group <g> User <u> IP <a> …`, `Group = g, Username = u, IP = a, …`. A name
 * in it ends where the next of these words stands.
 */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, readByTable, messageTable, type MessageRow } from '../message-rows.ts';

const angle =
  /^(?:TunnelGroup <.{0,128}?> )?Group(?:Policy)? <(.{0,128}?)> User <(.{0,256}?)> IP <(\S{1,64}?)>[,: ]{0,2}/;
const equals = /^Group = (.{0,128}?), (?:Username = (.{0,256}?), )?IP = (\S{1,64}?), /;
const bare = /^(?:Group|IP) = (?:([^\s,]{1,128}), )?(?:IP = )?(\S{1,64}?), /;

const said = messageTable([
  messageRow(
    '^Session disconnected\\. Session Type: (.{1,64}?), Duration: (\\S{1,24}), Bytes xmt: (\\d{1,20}), Bytes rcv: (\\d{1,20}), Reason: (.{1,128})$',
    'asa_vpn_closed session success',
    'label:session_type label:duration destination.bytes source.bytes event.reason',
  ),
  messageRow('^(?:AnyConnect parent|WebVPN|SVC|.{1,32}?) session started', 'asa_vpn_opened session success'),
  messageRow(
    '^(?:AnyConnect parent|WebVPN|SVC|.{1,32}?) session (?:terminated|ended|lost): ?(.{0,128})$',
    'asa_vpn_closed session success',
    'event.reason',
  ),
  messageRow('^Session could not be established: (.{1,256})$', 'asa_vpn_login authentication failure', 'event.reason'),
  messageRow(
    '^(?:IPv4 )?Address <(\\S{1,45})> ?(?:IPv6 address <\\S{1,45}> )?assigned to session',
    'asa_address_assigned network success',
    'label:assigned_ip',
  ),
  messageRow(
    '^Assigned private IP address (\\S{1,45}) to remote user',
    'asa_address_assigned network success',
    'label:assigned_ip',
  ),
  messageRow(
    '^(Remote peer has failed user authentication.{0,128}|.{0,64}[Aa]uthentication failed.{0,128})$',
    'asa_vpn_login authentication failure',
    'event.reason',
  ),
  messageRow('^User \\((.{0,256})\\) (authenticated)', 'asa_vpn_login authentication success', 'user.name -'),
  messageRow('^(PHASE [12]) COMPLETED', 'asa_vpn_phase network success', 'label:phase'),
  messageRow('^WebVPN access DENIED: (.{1,1024})$', 'asa_denied network failure', 'url.original'),
  messageRow('^WebVPN access GRANTED: (.{1,1024})$', 'asa_permitted network success', 'url.original'),
]);

/** Of messages without such a beginning, those that tell of a person's tunnel. */
const withoutSubject: Readonly<Record<string, MessageRow>> = {
  '113039': messageRow(
    '^Group <(.{0,128}?)> User <(.{0,256}?)> IP <(\\S{1,64}?)> AnyConnect parent session started',
    'asa_vpn_opened session success',
    'group.name user.name source',
  ),
  '734001': messageRow(
    '^DAP: User (.{0,256}?), Addr (\\S{1,64}?), Connection (\\S{1,64}?): The following DAP records were selected',
    'asa_vpn_policy network success',
    'user.name source label:connection',
  ),
  '751002': messageRow(
    '^Local:(\\S{1,64}) Remote:(\\S{1,64}) Username:(\\S{1,256}) (.{0,256})$',
    'asa_vpn_login authentication failure',
    'to from user.name event.reason',
  ),
  '750006': messageRow(
    '^Local:(\\S{1,64}) Remote:(\\S{1,64}) Username:(\\S{1,256}) (?:IKEv2 )?SA UP',
    'asa_vpn_opened session success',
    'to from user.name',
  ),
  '750007': messageRow(
    '^Local:(\\S{1,64}) Remote:(\\S{1,64}) Username:(\\S{1,256}) (?:IKEv2 )?SA DOWN\\.? ?(?:Reason: ?)?(.{0,128})$',
    'asa_vpn_closed session success',
    'to from user.name event.reason',
  ),
};
const tables = new Map(Object.entries(withoutSubject).map(([number, row]) => [number, messageTable([row])]));

/** False for a message that is about nobody's tunnel. */
export function readVpnSubject(draft: EventDraft, number: string, text: string): boolean {
  const table = tables.get(number);
  if (table !== undefined && readByTable(draft, text, table)) return true;
  const match = angle.exec(text) ?? equals.exec(text);
  const short = match === null ? bare.exec(text) : null;
  const found = match ?? short;
  if (found === null) return false;
  const rest = text.slice(found[0].length);
  if (!readByTable(draft, rest, said)) draft.event('asa_vpn', 'network');
  const [, group, user, address] = match ?? ['', found[1], undefined, found[2]];
  draft.keyword('group.name', group);
  draft.keyword('user.name', user);
  draft.endpoint('source', address);
  return true;
}
