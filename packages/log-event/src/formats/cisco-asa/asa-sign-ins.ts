/** Sign-ins to and through the ASA, by message number. What somebody types as a name is anchored on the other side. */

import { messageRow, type MessageRow } from '../message-rows.ts';
import { endpoint, user } from './asa-texts.ts';

const login = 'asa_login authentication';
const aaa = 'asa_aaa authentication';
const vpn = 'asa_vpn_login authentication';
const userIp = '(?: ?: user IP ?= ?(\\S{1,64}))?$';

export const asaSignIns: Readonly<Record<string, MessageRow>> = {
  '109005': messageRow(
    `^Authentication succeeded for user '?(.{0,256}?)'? from ${endpoint} to ${endpoint} on interface (\\S{1,64})`,
    `${aaa} success`,
    'user.name from to observer.ingress.interface.name',
  ),
  '109006': messageRow(
    `^Authentication failed for user '?(.{0,256}?)'? from ${endpoint} to ${endpoint} on interface (\\S{1,64})`,
    `${aaa} failure`,
    'user.name from to observer.ingress.interface.name',
  ),
  '109007': messageRow(
    `^Authorization permitted for user '?(.{0,256}?)'? from ${endpoint} to ${endpoint} on interface (\\S{1,64})`,
    'asa_authorization authentication success',
    'user.name from to observer.ingress.interface.name',
  ),
  '109008': messageRow(
    `^Authorization denied for user '?(.{0,256}?)'? from ${endpoint} to ${endpoint} on interface (\\S{1,64})`,
    'asa_authorization authentication failure',
    'user.name from to observer.ingress.interface.name',
  ),
  '109010': messageRow(
    `^Auth from ${endpoint} to ${endpoint} failed \\((.{1,64})\\)`,
    `${aaa} failure`,
    'from to event.reason',
  ),
  '109012': messageRow(
    "^Authen Session End: user '?(.{0,256}?)'?, sid (\\d{1,10})",
    'asa_session_closed session success',
    'user.name label:session',
  ),
  '109024': messageRow(
    `^Authorization denied from ${endpoint} to ${endpoint} \\((.{1,64})\\)`,
    'asa_authorization authentication failure',
    'from to event.reason',
  ),
  '109025': messageRow(
    `^Authorization denied \\(acl=(\\S{1,128})\\) for user '?(.{0,256}?)'? from ${endpoint} to ${endpoint} on`,
    'asa_authorization authentication failure',
    'rule.name user.name from to',
  ),
  '109034': messageRow(
    `^Authentication failed for network user (.{0,256}?) from ${endpoint} to ([^\\s]{1,128}?)\\. (.{1,128})$`,
    `${aaa} failure`,
    'user.name from to event.reason',
  ),
  '113004': messageRow(
    `^AAA user (\\S{1,64}) Successful ?: server ?= {0,3}(\\S{1,64}?) ?[,:] [Uu]ser ?= ?${user}$`,
    `${aaa} success`,
    'label:aaa_type destination user.name',
  ),
  '113005': messageRow(
    `^AAA user (\\S{1,64}) Rejected ?: reason ?= ?(.{1,128}?) ?: server ?= {0,3}(\\S{1,64}?) ?[,:] [Uu]ser ?= ?(.{0,256}?)${userIp}`,
    `${aaa} failure`,
    'label:aaa_type event.reason destination user.name source',
  ),
  '113006': messageRow(
    '^User (.{0,256}) (locked out on exceeding \\S{1,12} successive failed authentication attempts)',
    'asa_account_locked authentication failure',
    'user.target.name event.reason',
  ),
  '113007': messageRow(
    '^User (.{0,256}) unlocked by (.{0,256})$',
    'asa_account_unlocked iam success',
    'user.target.name user.name',
  ),
  '113008': messageRow(`^AAA transaction status ACCEPT ?: user ?= ?${user}$`, `${aaa} success`, 'user.name'),
  '113012': messageRow(
    `^AAA user (\\S{1,64}) Successful ?: (local database) ?: user ?= ?${user}$`,
    `${aaa} success`,
    'label:aaa_type label:server user.name',
  ),
  '113013': messageRow(
    `^AAA unable to complete the request Error ?: reason ?= ?(.{1,128}?) ?: user ?= ?${user}$`,
    `${aaa} failure`,
    'event.reason user.name',
  ),
  '113014': messageRow(
    `^AAA authentication (server not accessible) ?: server ?= {0,3}(\\S{1,64}?) ?: user ?= ?${user}$`,
    `${aaa} failure`,
    'event.reason destination user.name',
  ),
  '113015': messageRow(
    `^AAA user (\\S{1,64}) Rejected ?: reason ?= ?(.{1,128}?) ?: (local database) ?: user ?= ?(.{0,256}?)${userIp}`,
    `${aaa} failure`,
    'label:aaa_type event.reason label:server user.name source',
  ),
  '113016': messageRow(
    `^AAA credentials rejected ?: reason ?= ?(.{1,128}?) ?: server ?= {0,3}(\\S{1,64}?) ?: user ?= ?(.{0,256}?)${userIp}`,
    `${aaa} failure`,
    'event.reason destination user.name source',
  ),
  '113017': messageRow(
    `^AAA credentials rejected ?: reason ?= ?(.{1,128}?) ?: (local database) ?: user ?= ?(.{0,256}?)${userIp}`,
    `${aaa} failure`,
    'event.reason label:server user.name source',
  ),
  '113021': messageRow(
    '^Attempted console login failed\\. User (.{0,256}) (did NOT have appropriate Admin Rights)',
    `${login} failure`,
    'user.name event.reason',
  ),
  '409023': messageRow(
    '^Attempting (AAA Fallback method \\S{1,32}) for (?:Authentication|Authorization) request for user (.{0,256}) : Auth-server group (\\S{1,64}) unreachable',
    'asa_aaa_fallback authentication',
    'event.reason user.name label:server_group',
  ),
  '307001': messageRow(
    `^Denied (Telnet) login session from ${endpoint} on interface (\\S{1,64}?)\\.?$`,
    `${login} failure`,
    'network.protocol from observer.ingress.interface.name',
  ),
  '307002': messageRow(
    `^Permitted (Telnet) login session from ${endpoint}`,
    `${login} success`,
    'network.protocol from',
  ),
  '307003': messageRow(
    `^telnet login session failed from ${endpoint}`,
    `${login} failure`,
    'from network.protocol=telnet',
  ),
  '308001': messageRow(
    '^(?:\\S{1,32} )?console enable password incorrect for \\S{1,12} tries \\(from ([^)]{1,64})\\)',
    'asa_enable authentication failure',
    'source',
  ),
  '315001': messageRow(
    `^Denied (SSH) session from ${endpoint} on interface (\\S{1,64})`,
    `${login} failure`,
    'network.protocol from observer.ingress.interface.name',
  ),
  '315011': messageRow(
    `^SSH session from ${endpoint} on interface (\\S{1,64}) for user "(.{0,256}?)" disconnected by SSH server, reason: "(.{0,128})"`,
    'asa_session_closed session success',
    'from observer.ingress.interface.name user.name event.reason network.protocol=ssh',
  ),
  '605004': messageRow(
    `^Login denied from ${endpoint} to ${endpoint} for user "(.{0,256})"`,
    `${login} failure`,
    'from to user.name',
  ),
  '605005': messageRow(
    `^Login permitted from ${endpoint} to ${endpoint} for user "(.{0,256})"`,
    `${login} success`,
    'from to user.name',
  ),
  '606001': messageRow(
    '^ASDM session number (\\d{1,10}) from (\\S{1,64}) started',
    'asa_session_opened session success',
    'label:session source network.protocol=asdm',
  ),
  '606002': messageRow(
    '^ASDM session number (\\d{1,10}) from (\\S{1,64}) ended',
    'asa_session_closed session success',
    'label:session source network.protocol=asdm',
  ),
  '611101': messageRow(
    `^User authentication succeeded: (?:IP(?: address)?: (\\S{1,64}), )?Uname: ${user}$`,
    `${login} success`,
    'source user.name',
  ),
  '611102': messageRow(
    `^User authentication failed: (?:IP(?: address)?: (\\S{1,64}), )?Uname: ${user}$`,
    `${login} failure`,
    'source user.name',
  ),
  '611103': messageRow(`^User logged out: Uname: ${user}$`, 'asa_session_closed session success', 'user.name'),
  '716038': messageRow(
    '^(?:Group <(.{0,128}?)> User <(.{0,256}?)> IP <(\\S{1,64})> )?Authentication: successful(?:, group = (.{0,128}?) user = (.{0,256}?))?, Session Type: (.{1,32}?)\\.?$',
    `${vpn} success`,
    'group.name user.name source group.name user.name label:session_type',
  ),
  '716039': messageRow(
    '^(?:Group <(.{0,128}?)> User <(.{0,256}?)> IP <(\\S{1,64})> )?Authentication: rejected(?:, group = (.{0,128}?) user = (.{0,256}?))?, Session Type: (.{1,32}?)\\.?$',
    `${vpn} failure`,
    'group.name user.name source group.name user.name label:session_type',
  ),
};
