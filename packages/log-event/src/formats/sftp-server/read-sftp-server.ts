/** What OpenSSH's sftp-server did with files (`-l INFO` and more), by the session of one user. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const path = '"(.{0,4096})"';

const table = messageTable([
  messageRow(
    '^session opened for local user (.{1,256}) from \\[([0-9A-Fa-f.:]{2,45})\\]$',
    'sftp_session_opened session success',
    'user.name source',
  ),
  messageRow(
    '^session closed for local user (.{1,256}) from \\[([0-9A-Fa-f.:]{2,45})\\]$',
    'sftp_session_closed session success',
    'user.name source',
  ),
  messageRow(`^open ${path} flags (\\S{1,64}) mode (0\\d{1,6})$`, 'sftp_open file', 'file.path label:flags label:mode'),
  messageRow(
    `^(?:forced )?close ${path} bytes read (\\d{1,19}) written (\\d{1,19})$`,
    'sftp_close file success',
    'file.path destination.bytes source.bytes',
  ),
  messageRow(`^(?:opendir|closedir) ${path}$`, 'sftp_list file', 'file.path'),
  messageRow(`^remove name ${path}$`, 'sftp_remove file', 'file.path'),
  messageRow(`^(?:posix-)?rename old ${path} new ${path}$`, 'sftp_rename file', 'file.path file.target_path'),
  messageRow(`^mkdir name ${path} mode (0\\d{1,6})$`, 'sftp_mkdir file', 'file.path label:mode'),
  messageRow(`^rmdir name ${path}$`, 'sftp_rmdir file', 'file.path'),
  messageRow(`^set ${path} (.{1,256})$`, 'sftp_set file', 'file.path label:set'),
  messageRow(`^(?:symlink|hardlink) old ${path} new ${path}$`, 'sftp_link file', 'file.path file.target_path'),
  messageRow(
    '^sent status (Permission denied|Operation unsupported|Failure)$',
    'sftp_refused file failure',
    'event.reason',
  ),
  messageRow('^sent status (.{1,64})$', 'sftp_status file', 'event.reason'),
  messageRow('^(?:received client version|debug\\d: ).{0,256}$', 'sftp_notice network'),
]);

/** A path that holds quotes may be read in two ways where a line has two of them. */
const twoPaths = /" new "/;

export function readSftpServer(draft: EventDraft, message: string): boolean {
  const line = message.trimEnd();
  if (!readByTable(draft, line, table)) {
    draft.partly('sftp-server', 'unknown-message');
    return true;
  }
  draft.parsedAs('sftp-server');
  const first = line.search(twoPaths);
  if (first >= 0 && twoPaths.test(line.slice(first + 1))) draft.partly('sftp-server', 'malformed');
  return true;
}
