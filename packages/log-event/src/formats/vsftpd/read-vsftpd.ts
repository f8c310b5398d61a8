/** vsftpd's own log, in its file and through syslog: sign-ins, and what was put, taken, renamed and deleted. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const client = 'Client "([0-9A-Fa-f.:]{2,64})"';
/** Names are typed by clients: the word behind the last bracket before it says what happened. */
const user = '^\\[(.{0,256})\\] ';

const table = messageTable([
  messageRow(`^CONNECT: ${client}$`, 'ftp_connection session success', 'source'),
  messageRow(
    `${user}OK LOGIN: ${client}(?:, anon password ".{0,256}")?$`,
    'ftp_login authentication success',
    'user.name source',
  ),
  messageRow(`${user}FAIL LOGIN: ${client}$`, 'ftp_login authentication failure', 'user.name source'),
  messageRow(
    `${user}OK DOWNLOAD: ${client}, "(.{0,4096})", (\\d{1,19}) bytes`,
    'ftp_download file success',
    'user.name source file.path source.bytes',
  ),
  messageRow(
    `${user}OK UPLOAD: ${client}, "(.{0,4096})", (\\d{1,19}) bytes`,
    'ftp_upload file success',
    'user.name source file.path source.bytes',
  ),
  messageRow(`${user}OK DELETE: ${client}, "(.{0,4096})"$`, 'ftp_delete file success', 'user.name source file.path'),
  messageRow(`${user}OK RENAME: ${client}, "(.{0,4096})"$`, 'ftp_rename file success', 'user.name source file.path'),
  messageRow(
    `${user}OK (?:MKDIR|RMDIR|CHMOD|APPEND): ${client}, "(.{0,4096})"`,
    'ftp_change file success',
    'user.name source file.path',
  ),
  messageRow(
    `${user}FAIL (?:DOWNLOAD|UPLOAD|DELETE|RENAME|MKDIR|RMDIR|CHMOD|APPEND): ${client}, "(.{0,4096})"`,
    'ftp_refused file failure',
    'user.name source file.path',
  ),
  messageRow(
    `^(?:\\[.{0,256}\\] )?FTP (?:command|response): ${client}, "(.{0,1024})"$`,
    'ftp_command network',
    'source process.command_line',
  ),
]);

const pid = /^\[pid (\d{1,10})\] /;

/** A line of its file says the process first: `[pid 3500] [tanaka] OK LOGIN: …`. False for what is not vsftpd's. */
export function readVsftpd(draft: EventDraft, message: string): boolean {
  const match = pid.exec(message);
  const rest = (match === null ? message : message.slice(match[0].length)).trimEnd();
  if (!readByTable(draft, rest, table)) return false;
  draft.parsedAs('vsftpd');
  draft.keyword('process.name', 'vsftpd');
  draft.long('process.pid', match?.[1]);
  return true;
}
