/** OpenVPN and strongSwan: who came in by which tunnel, and who was refused. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** `suzuki/203.0.113.5:40001 ` or the address alone before a client's message; a name has no blanks. */
const client = '^(?:(?:(\\S{1,256})/)?(?:\\[AF_INET6?\\]|tcp[46]-server:|udp[46]:)?([0-9A-Fa-f.:]{2,45}):(\\d{1,5}) )?';
const parts = 'user.name source source.port';

const openvpn = messageTable([
  row(
    `${client}\\[(.{1,256})\\] Peer Connection Initiated with \\[AF_INET6?\\](?:::ffff:)?([0-9A-Fa-f.:]{2,45}):(\\d{1,5})`,
    'vpn_login authentication success',
    `- - - user.name source source.port`,
  ),
  row(
    `${client}TLS: Username/Password authentication (?:succeeded|deferred) for username '(.{0,256})'`,
    'vpn_login authentication success',
    `- source source.port user.name`,
  ),
  row(
    `${client}TLS Auth Error: Auth Username/Password verification failed for peer`,
    'vpn_login authentication failure',
    parts,
  ),
  row(
    `${client}(?:PLUGIN_CALL: .{0,128}AUTH_USER_PASS_VERIFY.{0,64}status=1|AUTH: Received .{0,32}AUTH_FAILED|SENT CONTROL \\[.{0,256}\\]: 'AUTH_FAILED.{0,128}')`,
    'vpn_login authentication failure',
    parts,
  ),
  row(
    `${client}VERIFY ERROR: depth=\\d{1,2}, error=(.{1,96}?): (.{1,512})$`,
    'vpn_login authentication failure',
    `${parts} event.reason label:certificate`,
  ),
  row(
    `${client}VERIFY OK: depth=(\\d{1,2}), (.{1,512})$`,
    'vpn_certificate_verified authentication success',
    `${parts} label:depth label:certificate`,
  ),
  row(
    `${client}MULTI(?:_sva)?: (?:Learn|pool returned IPv4=|primary virtual IP for .{0,256}): ?([0-9A-Fa-f.:]{2,45})`,
    'vpn_address_assigned network success',
    `${parts} label:assigned_ip`,
  ),
  row(
    `${client}(?:TLS Error: (.{1,256})|TLS_ERROR: (.{1,256}))$`,
    'vpn_connection network failure',
    `${parts} event.reason event.reason`,
  ),
  row(
    `${client}(?:SIG[A-Z0-9]{3,5}\\[(.{1,64})\\] received|(?:\\[.{1,256}\\] )?(?:Connection reset, restarting|Inactivity timeout))`,
    'vpn_closed session success',
    `${parts} event.reason`,
  ),
  row(
    '^(Incorrect password supplied for LDAP DN) "(.{0,512})"',
    'vpn_login authentication failure',
    'event.reason user.name',
  ),
  row('^LDAP user "(.{0,512})" (was not found)', 'vpn_login authentication failure', 'user.name event.reason'),
  row(`${client}TLS: (?:Initial packet|new session incoming) `, 'vpn_connection network', parts),
  row(
    `${client}(?:peer info|Data Channel|Control Channel|Outgoing|Incoming|PUSH|SENT CONTROL|MULTI|Re-using|LZO|WARNING|NOTE|library|Initialization|UDP|TCP|TUN|TAP|OpenVPN|Diffie|ROUTE|do_ifconfig|/sbin|net_|Socket|Listening|Could not|GID|UID|IFCONFIG|CRL|Closing)`,
    'vpn_notice network',
    parts,
  ),
]);

const thread = /^\d{2}\[[A-Z]{3}\d?\] (?:<[^>]{1,128}> )?/;
const strongswan = messageTable([
  row(
    "^authentication of '(.{1,512})' (?:\\(myself\\) )?with (.{1,64}?) successful",
    'vpn_login authentication success',
    'user.name label:method',
  ),
  row(
    '^(?:EAP method|EAP) (\\S{1,32}) failed for peer ([0-9A-Fa-f.:]{2,45}|.{1,256})$',
    'vpn_login authentication failure',
    'label:method source',
  ),
  row(
    "^(tried \\d{1,4} shared keys?) for '(.{0,256})' - '(.{0,256})', but MAC mismatched",
    'vpn_login authentication failure',
    'event.reason - user.name',
  ),
  row(
    "^(no (?:trusted|matching) .{1,64}) (?:found )?for '(.{1,512})'",
    'vpn_login authentication failure',
    'event.reason user.name',
  ),
  row(
    '^IKE_SA (\\S{1,128}) established between [0-9A-Fa-f.:]{2,45}\\[.{0,256}?\\]\\.\\.\\.([0-9A-Fa-f.:]{2,45})\\[(.{0,256})\\]',
    'vpn_opened session success',
    'label:connection source user.name',
  ),
  row(
    '^deleting IKE_SA (\\S{1,128}) between [0-9A-Fa-f.:]{2,45}\\[.{0,256}?\\]\\.\\.\\.([0-9A-Fa-f.:]{2,45})\\[(.{0,256})\\]',
    'vpn_closed session success',
    'label:connection source user.name',
  ),
  row(
    "^assigning (?:new lease|virtual IP|lease) (?:to )?'?([0-9A-Fa-f.:]{2,45})'? to (?:peer )?'(.{1,256})'",
    'vpn_address_assigned network success',
    'label:assigned_ip user.name',
  ),
  row('^received (AUTHENTICATION_FAILED|NO_PROPOSAL_CHOSEN) ', 'vpn_login authentication failure', 'event.reason'),
  row('^([0-9A-Fa-f.:]{2,45}) is initiating an? ', 'vpn_connection network', 'source'),
  row('^.{1,512}$', 'vpn_notice network'),
]);

export function readOpenvpn(draft: EventDraft, message: string): boolean {
  draft.parsedAs('openvpn');
  if (!readByTable(draft, message.trimEnd(), openvpn)) draft.partly('openvpn', 'unknown-message');
  return true;
}

export function readStrongswan(draft: EventDraft, message: string): boolean {
  draft.parsedAs('openvpn');
  readByTable(draft, message.trimEnd().replace(thread, ''), strongswan);
  return true;
}
