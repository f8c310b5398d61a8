/**
 * FreeRADIUS: `(12) Login OK: [yamada] (from client nas01 port 5 cli 00-1a-2b-3c-4d-5e)`, through syslog and from radius.log
 * (`Sun Nov 22 20:00:00 2026 : Auth: …`).
 */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const start = '^(?:\\((\\d{1,10})\\) {1,4})?';
/**
 * Behind the name may stand the way of the sign-in, or the password that a server is told to log, which is nobody's name. The
 * last ` (from client` ends both.
 */
const client =
  '\\[((?:host/)?[^/]{0,512})(?:/.{0,512})?\\] \\(from client (\\S{1,128}) port (\\d{1,10})(?: cli ([0-9A-Za-z.:-]{1,64}))?(?: via TLS tunnel)?\\)(?: (.{0,256}))?$';
const parts = 'user.name label:client interface.name source.mac event.reason';

const table = messageTable([
  row(`${start}Login OK: ${client}`, 'radius_login authentication success', `label:request ${parts}`),
  row(
    `${start}(?:Login incorrect|Invalid user)(?: \\((.{0,512}?)\\))?: ${client}`,
    'radius_login authentication failure',
    `label:request event.reason ${parts}`,
  ),
  row(
    `${start}Multiple logins \\(max \\d{1,6}\\)(?: \\[MPP attempt\\])?: ${client}`,
    'radius_login authentication failure',
    `label:request ${parts} event.reason=limit`,
  ),
  row(`${start}Rejected in post-auth: ${client}`, 'radius_login authentication failure', `label:request ${parts}`),
  row(
    '^(?:Ignoring|Dropping) request to .{1,96} from unknown client ([0-9A-Fa-f.:]{2,45}) port (\\d{1,5})',
    'radius_denied network failure',
    'source source.port',
  ),
  row(
    '^(?:Received|Dropping) packet from ([0-9A-Fa-f.:]{2,45})(?: port (\\d{1,5}))? with invalid (Message-Authenticator|Request Authenticator)',
    'radius_denied network failure',
    'source source.port event.reason',
  ),
  row(
    '^(?:Ready to process requests|Loaded virtual server|Debugger not|Copyright|Server |Signalled|rlm_|Need \\d|Exiting|Threads:|Starting - reading)',
    'radius_server process',
  ),
  row(`${start}(?:ERROR|WARNING|Error|Warning)?:? ?(.{1,512})$`, 'radius_notice process', 'label:request event.reason'),
]);

export function readFreeradius(draft: EventDraft, message: string): boolean {
  draft.parsedAs('freeradius');
  if (!readByTable(draft, message.trimEnd(), table)) draft.partly('freeradius', 'unknown-message');
  return true;
}

const level = / : (Auth|Info|Error|Debug|Proxy|Warning|Acct): /y;

/** `Sun Nov 22 20:00:00 2026 : Auth: …`, where detection has found the time. */
export function readRadiusFile(draft: EventDraft): boolean {
  const { text, foundWall: wall } = draft;
  if (wall === undefined || text.charCodeAt(wall.end + 1) !== 58) return false;
  level.lastIndex = wall.end;
  const match = level.exec(text);
  if (match === null) return false;
  draft.setWall(wall, 0);
  draft.keyword('log.level', match[1]?.toLowerCase());
  draft.keyword('process.name', 'radiusd');
  draft.messageStart = wall.end + match[0].length;
  return readFreeradius(draft, text.slice(draft.messageStart));
}
