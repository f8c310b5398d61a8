/** FTP servers beside vsftpd: ProFTPD, Pure-FTPd, and the ftpd of older systems. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** ProFTPD: `host (client[address]) - `, where the client's name is DNS's. */
const proftpd = '^(?:\\S{1,255} )?\\((?:[^\\s()[\\]]{1,255})\\[([0-9A-Fa-f.:]{2,45})\\]\\)(?: -|:) ';
/** Pure-FTPd: `(user@client) [LEVEL] `; the last `@` ends the name. */
const pureftpd = '^\\((.{0,256})@([^\\s@()]{1,255})\\) \\[(?:INFO|NOTICE|WARNING|ERROR|DEBUG)\\] ';

const table = messageTable([
  row(`${proftpd}USER (.{0,256}): Login successful\\.?$`, 'ftp_login authentication success', 'source user.name'),
  row(
    `${proftpd}(?:ANONYMOUS|ANON) (.{0,256}): Login successful\\.?$`,
    'ftp_login authentication success',
    'source user.name',
  ),
  row(
    `${proftpd}USER (.{0,256}) \\(Login failed\\): (.{1,128}?)\\.?$`,
    'ftp_login authentication failure',
    'source user.name event.reason',
  ),
  row(
    `${proftpd}USER (.{0,256}): (no such user found) from .{1,320}$`,
    'ftp_login authentication failure',
    'source user.name event.reason',
  ),
  row(
    `${proftpd}USER (.{0,256}): (user is not a UserAlias .{0,96})$`,
    'ftp_login authentication failure',
    'source user.name event.reason',
  ),
  row(
    `${proftpd}SECURITY VIOLATION: (?:[Rr]oot) login attempted`,
    'ftp_login authentication failure',
    'source user.name=root',
  ),
  row(`${proftpd}(Maximum login attempts .{1,96})$`, 'ftp_login authentication failure', 'source event.reason'),
  row(`${proftpd}(?:Refused|Connection refused) .{0,128}$`, 'ftp_refused network failure', 'source'),
  row(`${proftpd}FTP session opened`, 'ftp_connection session success', 'source'),
  row(`${proftpd}FTP (?:session closed|no transfer timeout|login timed out)`, 'ftp_closed session', 'source'),
  row(`${proftpd}(.{1,512})$`, 'ftp_notice process', 'source event.reason'),
  row(`${pureftpd}(.{0,256}) is now logged in`, 'ftp_login authentication success', '- source user.name'),
  row(
    `${pureftpd}Authentication failed for user \\[(.{0,256})\\]`,
    'ftp_login authentication failure',
    '- source user.name',
  ),
  row(`${pureftpd}New connection from (\\S{1,255})$`, 'ftp_connection session success', '- source'),
  row(`${pureftpd}Logout\\.?`, 'ftp_logout session success', 'user.name source'),
  row(`${pureftpd}(.{1,1024}) (?:downloaded|uploaded) `, 'ftp_file file success', 'user.name source file.path'),
  row(`${pureftpd}(.{1,512})$`, 'ftp_notice process', 'user.name source event.reason'),
  row('^connection from ([0-9A-Fa-f.:]{2,45}) \\(\\S{0,255}\\)', 'ftp_connection session success', 'source'),
  row('^connection from (\\S{1,255})', 'ftp_connection session success', 'source'),
  row(
    '^(?:ANONYMOUS )?FTP LOGIN FROM (?:\\S{1,255} )?\\[?([0-9A-Fa-f.:]{2,45})\\]?(?: \\[[^\\]]{1,64}\\])?, (.{0,256})$',
    'ftp_login authentication success',
    'source user.name',
  ),
  row(
    '^FTP LOGIN REFUSED \\((.{1,96})\\) FROM (?:\\S{1,255} )?\\[?([0-9A-Fa-f.:]{2,45})\\]?(?: \\[[^\\]]{1,64}\\])?, (.{0,256})$',
    'ftp_login authentication failure',
    'event.reason source user.name',
  ),
  row(
    '^FTP LOGIN FAILED FROM (?:\\S{1,255} )?\\[?([0-9A-Fa-f.:]{2,45})\\]?(?: \\[[^\\]]{1,64}\\])?, (.{0,256})$',
    'ftp_login authentication failure',
    'source user.name',
  ),
  row(
    '^failed login from (?:\\S{1,255} )?\\[?([0-9A-Fa-f.:]{2,45})\\]?(?:, (.{0,256}))?$',
    'ftp_login authentication failure',
    'source user.name',
  ),
  row(
    '^(?:FTP session closed|lost connection|User \\S{1,64} timed out|getpeername|wtmp|ProFTPD |Listening )',
    'ftp_notice process',
  ),
]);

export const ftpPrograms = 'proftpd pure-ftpd ftpd in.ftpd wu-ftpd';

export function readFtp(draft: EventDraft, message: string): boolean {
  draft.parsedAs('ftp');
  if (!readByTable(draft, message.trimEnd(), table)) draft.partly('ftp', 'unknown-message');
  return true;
}
