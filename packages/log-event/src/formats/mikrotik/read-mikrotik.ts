/** MikroTik's RouterOS: topics with commas between them, then the text: `system,info,account user yamada logged in from …`. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const topics =
  /^((?:system|dhcp|firewall|account|ssh|ppp|pptp|l2tp|sstp|ovpn|ipsec|interface|wireless|hotspot|script|web-proxy|dns|route|bridge|caps|critical|error|warning|info)(?:,[a-z0-9!-]{1,16}){1,6}) /;

const table = messageTable([
  row(
    '^user (.{1,256}) logged in from (\\S{1,64}) via (\\S{1,16})$',
    'mikrotik_login authentication success',
    'user.name source network.protocol',
  ),
  row(
    '^user (.{1,256}) logged in via (\\S{1,16})$',
    'mikrotik_login authentication success',
    'user.name network.protocol',
  ),
  row(
    '^user (.{1,256}) logged out from (\\S{1,64}) via (\\S{1,16})$',
    'mikrotik_logout session success',
    'user.name source network.protocol',
  ),
  row('^user (.{1,256}) logged out via (\\S{1,16})$', 'mikrotik_logout session success', 'user.name network.protocol'),
  row(
    '^login failure for user (.{0,256}) from (\\S{1,64}) via (\\S{1,16})$',
    'mikrotik_login authentication failure',
    'user.name source network.protocol',
  ),
  row(
    '^login failure for user (.{0,256}) via (\\S{1,16})$',
    'mikrotik_login authentication failure',
    'user.name network.protocol',
  ),
  row(
    '^user (.{1,128}) (?:added|changed|removed) by (?:\\S{1,32}:)?(\\S{1,128}?)(?:@(\\S{1,64}))?(?: .{0,256})?$',
    'mikrotik_user_changed iam success',
    'user.target.name user.name source',
  ),
  row(
    '^((?:filter|nat|mangle|raw) rule|address list entry|log rule|log action|ip service|route|script|schedule|ntp client|clock|.{1,48}?) (?:added|changed|removed|moved|set) by (?:\\S{1,32}:)?(\\S{1,128}?)(?:@(\\S{1,64}))?(?: .{0,256})?$',
    'mikrotik_configured configuration success',
    'process.command_line user.name source',
  ),
  row(
    '^(?:\\S{1,64} )?assigned ([0-9A-Fa-f.:]{2,45}) (?:to|for) ([0-9A-Fa-f:]{11,23})(?: (\\S{1,255}))?$',
    'dhcp_ack network success',
    'source source.mac dhcp.client_hostname',
  ),
  row(
    '^(?:\\S{1,64} )?deassigned ([0-9A-Fa-f.:]{2,45}) (?:from|for) ([0-9A-Fa-f:]{11,23})(?: (\\S{1,255}))?$',
    'dhcp_release network success',
    'source source.mac dhcp.client_hostname',
  ),
  row(
    '^(.{0,64}?)(?:input|forward|output|prerouting|srcnat|dstnat|\\S{1,32}): in:(\\S{1,64}?) out:(\\([^)]{1,24}\\)|\\S{1,64}?),(?: connection-state:\\S{1,32})?(?: src-mac ([0-9A-Fa-f:]{17}),)? proto (\\S{1,16})(?: \\([^)]{1,32}\\))?, ([0-9A-Fa-f.:[\\]]{2,64})->([0-9A-Fa-f.:[\\]]{2,64}),',
    'mikrotik_packet network',
    'rule.name observer.ingress.interface.name observer.egress.interface.name source.mac network.transport from to',
  ),
]);

const refusals = /\b(?:drop|deny|reject|block)/i;

export function readMikrotik(draft: EventDraft, message: string): boolean {
  const match = topics.exec(message);
  if (match === null) return false;
  draft.parsedAs('mikrotik');
  draft.keyword('log.logger', match[1]);
  if (!readByTable(draft, message.slice(match[0].length).trimEnd(), table)) draft.event('mikrotik_event', 'host');
  const prefix = draft.get('rule.name');
  if (typeof prefix === 'string' && refusals.test(prefix)) {
    draft.set('event.outcome', 'failure');
    draft.classify('access-denied');
  }
  return true;
}
