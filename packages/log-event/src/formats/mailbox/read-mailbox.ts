/** Mailbox servers beside Dovecot: Courier, Cyrus, the UW imapd and ipop3d, and saslauthd, which checks for several. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const mapped = '\\[(?:::ffff:)?([0-9A-Fa-f.:]{2,45})\\]';

const table = messageTable([
  row(
    `^(?:\\S{1,32}: )?LOGIN, user=(.{0,256}), ip=${mapped}(?:, port=\\[(\\d{1,5})\\])?(?:, protocol=(\\w{1,8}))?`,
    'mailbox_login authentication success',
    'user.name source source.port network.protocol',
  ),
  row(
    `^(?:\\S{1,32}: )?LOGIN FAILED, (?:method=\\S{1,16}, )?(?:user=(.{0,256}), )?ip=${mapped}`,
    'mailbox_login authentication failure',
    'user.name source',
  ),
  row(
    `^(?:\\S{1,32}: )?(?:LOGOUT|TIMEOUT|DISCONNECTED)(?:, user=(.{0,256}))?, ip=${mapped}`,
    'mailbox_logout session success',
    'user.name source',
  ),
  row(`^(?:\\S{1,32}: )?Connection, ip=${mapped}`, 'mailbox_connection network', 'source'),
  row(
    `^login: (?:\\S{1,255} )?\\[([0-9A-Fa-f.:]{2,45})\\] (.{0,256}) (\\S{1,32})(?:\\+TLS)? User logged in`,
    'mailbox_login authentication success',
    'source user.name label:mechanism',
  ),
  row(
    `^badlogin: (?:\\S{1,255} )?\\[([0-9A-Fa-f.:]{2,45})\\] (\\S{1,32}) \\[?(.{0,256}?)\\]? (SASL\\(-\\d{1,3}\\): .{1,256}|.{1,128})$`,
    'mailbox_login authentication failure',
    'source label:mechanism user.name event.reason',
  ),
  row(
    `^(?:Login|Authenticated) user=(.{0,256}) host=(?:\\S{1,255} )?\\[([0-9A-Fa-f.:]{2,45})\\]`,
    'mailbox_login authentication success',
    'user.name source',
  ),
  row(
    `^(?:Login failed|AUTHENTICATE \\S{1,16} failure|Login excessive failures) (?:user=(.{0,256}) )?(?:auth=.{0,256} )?host=(?:\\S{1,255} )?\\[([0-9A-Fa-f.:]{2,45})\\]`,
    'mailbox_login authentication failure',
    'user.name source',
  ),
  row(
    `^Logout user=(.{0,256}) host=(?:\\S{1,255} )?\\[([0-9A-Fa-f.:]{2,45})\\]`,
    'mailbox_logout session success',
    'user.name source',
  ),
  row(
    '^do_auth {1,10}: auth failure: \\[user=(.{0,256})\\] \\[service=(\\S{0,64})\\] \\[realm=(.{0,128})\\] \\[mech=(\\S{0,32})\\] \\[reason=(.{0,128})\\]',
    'mailbox_login authentication failure',
    'user.name service.name user.domain label:mechanism event.reason',
  ),
]);

export const mailboxPrograms =
  'imapd pop3d imapd-ssl pop3d-ssl courierpop3login courierpop3d courier-imapd courier-pop3d imaps pop3s cyrus/imap cyrus/imaps cyrus/pop3 cyrus/pop3s imap pop3 ipop3d saslauthd imaplogin pop3login';

export function readMailbox(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('mailbox');
  return true;
}
