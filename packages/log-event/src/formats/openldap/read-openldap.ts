/**
 * OpenLDAP's slapd: connections, binds and operations. A bind names the person, its result (`RESULT tag=97 err=49`) says how it went:
 * two lines of one `conn=` and `op=`.
 */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const conn = '^(?:@\\(#\\) )?conn=(\\d{1,12})';
const op = `${conn} op=(\\d{1,9})`;
const ids = 'event.id label:op';
const ip = 'IP=(\\S{2,64}?)';

const table = messageTable([
  row(
    `${conn} fd=(\\d{1,6}) ACCEPT from ${ip} \\(IP=(\\S{2,64}?)\\)`,
    'ldap_connection network success',
    'event.id label:fd source destination',
  ),
  row(
    `${conn} fd=(\\d{1,6}) ACCEPT from PATH=(\\S{1,255})`,
    'ldap_connection network success',
    'event.id label:fd label:path',
  ),
  row(`${conn} fd=(\\d{1,6}) closed(?: \\((.{1,64})\\))?`, 'ldap_closed network', 'event.id label:fd event.reason'),
  row(`${conn} fd=(\\d{1,6}) TLS (?:established|handshake)`, 'ldap_tls network success', 'event.id label:fd'),
  row(`${conn} fd=(\\d{1,6})$`, 'ldap_connection network', 'event.id label:fd'),
  row(
    `${op} BIND (?:anonymous mech=\\S{1,32} )?dn="(.{0,1024})" method=(\\d{1,6})`,
    'ldap_bind authentication',
    `${ids} user.name label:method`,
  ),
  row(
    `${op} BIND dn="(.{0,1024})" mech=(\\S{1,32})`,
    'ldap_bind authentication success',
    `${ids} user.name label:mechanism`,
  ),
  row(
    `${op} BIND authcid="(.{0,512})" authzid="(.{0,512})"`,
    'ldap_bind authentication',
    `${ids} user.name user.effective.name`,
  ),
  row(`${op} BIND anonymous`, 'ldap_bind authentication', ids),
  row(`${op} UNBIND`, 'ldap_unbind session success', ids),
  row(`${op} RESULT (?:oid=\\S{0,64} )?tag=97 err=0 `, 'ldap_bind_result authentication success', ids),
  row(`${op} RESULT (?:oid=\\S{0,64} )?tag=97 err=14 `, 'ldap_bind_result authentication unknown', ids),
  row(
    `${op} RESULT (?:oid=\\S{0,64} )?tag=97 err=(\\d{1,5}) (?:qtime=\\S{1,16} etime=\\S{1,16} )?text=(.{0,512})$`,
    'ldap_bind_result authentication failure',
    `${ids} error.code event.reason`,
  ),
  row(`${op} (?:SEARCH )?RESULT (?:oid=\\S{0,64} )?tag=\\d{1,4} err=0 `, 'ldap_result network success', ids),
  row(
    `${op} (?:SEARCH )?RESULT (?:oid=\\S{0,64} )?tag=\\d{1,4} err=(50|48|8|13|49) `,
    'ldap_refused network failure',
    `${ids} error.code`,
  ),
  row(
    `${op} (?:SEARCH )?RESULT (?:oid=\\S{0,64} )?tag=\\d{1,4} err=(\\d{1,5}) `,
    'ldap_result network failure',
    `${ids} error.code`,
  ),
  row(`${op} (?:SRCH|SEARCH) base="(.{0,1024})" scope=(\\d) `, 'ldap_search database', `${ids} label:base label:scope`),
  row(`${op} SRCH attr=(.{0,1024})$`, 'ldap_search database', `${ids} label:attributes`),
  row(`${op} MOD dn="(.{0,1024})"`, 'ldap_modify iam', `${ids} user.target.name`),
  row(`${op} MOD attr=(.{0,1024})$`, 'ldap_modify iam', `${ids} label:attributes`),
  row(`${op} ADD dn="(.{0,1024})"`, 'ldap_add iam', `${ids} user.target.name`),
  row(`${op} DEL dn="(.{0,1024})"`, 'ldap_delete iam', `${ids} user.target.name`),
  row(`${op} MODRDN dn="(.{0,1024})"`, 'ldap_rename iam', `${ids} user.target.name`),
  row(`${op} PASSMOD id="(.{0,1024})"`, 'ldap_password_changed iam', `${ids} user.target.name`),
  row(`${op} PASSMOD`, 'ldap_password_changed iam', ids),
  row(`${op} (?:CMP|COMPARE|EXT|STARTTLS|WHOAMI|ABANDON|PROXYAUTHZ|do_)`, 'ldap_operation network', ids),
  row(
    '^(?:slapd starting|@\\(#\\) \\$OpenLDAP|daemon: |connection_|bdb_|mdb_|hdb_|<= |=> |main: |config_|syncrepl)',
    'ldap_server process',
  ),
  row('^(?:slapd shutdown|slapd stopped|daemon: shutdown)', 'ldap_server_stopped process success'),
]);

export function readOpenldap(draft: EventDraft, message: string): boolean {
  draft.parsedAs('openldap');
  const text = message.startsWith('[ID ') ? message.slice(message.indexOf('] ') + 2) : message;
  if (!readByTable(draft, text.trimEnd(), table)) draft.partly('openldap', 'unknown-message');
  return true;
}
