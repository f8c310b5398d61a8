/** nginx's error log: `2026/11/22 14:07:39 [error] 31#31: *46 open() … failed, client: 192.0.2.1, server: …`. */

import type { EventDraft } from '../../event-draft.ts';
import { readUrl } from '../http-access/read-http-access.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { findContext } from './context.ts';

const header = /^ \[([a-z]{1,10})\] (?:(\d{1,10})#(\d{1,20}): )?(?:\*(\d{1,20}) )?/;
const requestLine = /^([A-Za-z_-]{1,32}) (\S+)(?: HTTP\/(\d(?:\.\d)?))?$/;
/** The user's name is typed: it ends where the server's own words end the message. */
const authentication = /^user "(.{0,512})"(?: was not found in "[^"]{0,512}"|: password mismatch)\s*$/s;

export function startsNginxError(text: string, at: number): boolean {
  return text.charCodeAt(at) === 32 && text.charCodeAt(at + 1) === 91;
}

/** False when no level in brackets follows the time. */
export function readNginxError(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  const match = header.exec(text.slice(wall.end, wall.end + 96));
  if (match === null) return false;
  const [all, level, pid, tid, connection] = match;
  draft.setWall(wall, 0);
  draft.parsedAs('nginx-error');
  draft.keyword('log.level', level);
  draft.long('process.pid', pid);
  draft.long('process.thread.id', tid);
  if (connection !== undefined) draft.label('connection', connection);
  draft.messageStart = wall.end + all.length;
  readContext(draft);
  return true;
}

function readContext(draft: EventDraft): void {
  const message = draft.text.slice(draft.messageStart);
  const found = findContext(message);
  const context = found === 'doubtful' ? undefined : found;
  readRefusal(draft, context === undefined ? message : message.slice(0, context.start));
  if (found === 'doubtful' || context?.isDoubtful === true) draft.partly('nginx-error', 'malformed');
  for (const [name, value] of context?.pairs ?? []) {
    if (name === 'client') draft.endpoint('source', value);
    else if (name === 'host') draft.keyword('url.domain', value);
    else if (name === 'referrer') draft.keyword('http.request.referrer', value);
    else if (name === 'request') readRequest(draft, value);
    else draft.label(name, value);
  }
}

function readRefusal(draft: EventDraft, message: string): void {
  const refused = authentication.exec(message);
  if (refused !== null) {
    draft.keyword('user.name', refused[1]);
    draft.event('http_login', 'authentication', 'failure');
  } else if (message.startsWith('no user/password was provided'))
    draft.event('http_login', 'authentication', 'failure');
  else if (message.startsWith('access forbidden by rule')) draft.event('http_access_denied', 'web', 'failure');
}

function readRequest(draft: EventDraft, request: string): void {
  const match = requestLine.exec(request);
  if (match === null) return;
  draft.keyword('http.request.method', match[1]);
  readUrl(draft, match[2] ?? '');
  draft.keyword('http.version', match[3]);
}
