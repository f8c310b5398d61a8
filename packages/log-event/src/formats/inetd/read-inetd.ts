/** Small servers for sign-ins and the daemons that start them: dropbear, xinetd, and the old rlogin, rsh and telnet. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const from = 'from (?:\\[)?([0-9A-Fa-f.:]{2,45}?)(?:\\])?:(\\d{1,5})';

const table = messageTable([
  row(
    `^[Pp]assword auth succeeded for '(.{0,256})' ${from}$`,
    'remote_login authentication success',
    'user.name source source.port',
  ),
  row(
    `^[Pp]ubkey auth succeeded for '(.{0,256})' with .{0,128}? ${from}$`,
    'remote_login authentication success',
    'user.name source source.port',
  ),
  row(
    `^[Bb]ad (?:PAM )?password attempt for '(.{0,256})' ${from}$`,
    'remote_login authentication failure',
    'user.name source source.port',
  ),
  row(
    `^[Ll]ogin attempt for nonexistent user(?: '(.{0,256})')? ${from}$`,
    'remote_login authentication failure',
    'user.name source source.port',
  ),
  row(
    `^[Ll]ogin attempt with wrong user (.{0,256}) ${from}$`,
    'remote_login authentication failure',
    'user.name source source.port',
  ),
  row(
    `^[Ee]xit before auth(?: ${from})?(?: \\(user '(.{0,256})', (\\d{1,4}) fails\\))?: (.{1,128})$`,
    'remote_disconnected session',
    'source source.port user.name label:failures event.reason',
  ),
  row(
    '^[Ee]xit \\((.{0,256})\\)(?: from <[^>]{1,64}>)?: (.{1,128})$',
    'remote_logout session success',
    'user.name event.reason',
  ),
  row(`^Child connection ${from}`, 'remote_connection network', 'source source.port'),
  row(
    '^START: (\\S{1,64}) (?:pid=(\\d{1,10}) )?from=(?:::ffff:)?([0-9A-Fa-f.:]{2,45})',
    'inetd_started network success',
    'service.name process.pid source',
  ),
  row(
    '^FAIL: (\\S{1,64}) (\\S{1,32}) from=(?:::ffff:)?([0-9A-Fa-f.:]{2,45})',
    'inetd_refused network failure',
    'service.name event.reason source',
  ),
  row('^EXIT: (\\S{1,64}) ', 'inetd_ended network', 'service.name'),
  row(
    '^[Aa]uthentication failed from ([0-9A-Fa-f.:]{2,45}) \\(.{0,255}?\\): (.{1,256})$',
    'remote_login authentication failure',
    'source event.reason',
  ),
  row(
    '^(?:[Cc]onnect|[Cc]onnection) from (?:\\S{1,255} \\()?([0-9A-Fa-f.:]{2,45})\\)?(?: on illegal port)$',
    'inetd_refused network failure',
    'source event.reason=illegal-port',
  ),
  row(
    '^(?:[Dd]enied|[Rr]efused) (?:connection|connect) from (?:.{0,255} \\()?([0-9A-Fa-f.:]{2,45})\\)?',
    'inetd_refused network failure',
    'source',
  ),
  row(
    '^(?:[Cc]onnect|[Cc]onnection) from (?:\\S{1,255} \\()?([0-9A-Fa-f.:]{2,45})\\)?',
    'remote_connection network',
    'source',
  ),
  row('^ttloop:', 'remote_disconnected session'),
]);

export const inetdPrograms =
  'dropbear xinetd inetd klogind kshd in.rlogind rlogind in.rshd rshd in.telnetd telnetd in.fingerd in.tftpd tftpd rsyncd';

export function readInetd(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('inetd');
  return true;
}
