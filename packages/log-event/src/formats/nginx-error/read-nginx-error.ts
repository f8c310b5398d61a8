/** nginx's error log: `2026/11/22 14:07:39 [error] 31#31: *46 open() … failed, client: 192.0.2.1, server: …`. */

import type { EventDraft } from '../../event-draft.ts';
import { readUrl } from '../http-access/read-http-access.ts';
import type { WallTime } from '../../time/wall-time.ts';

const header = /^ \[([a-z]{1,10})\] (?:(\d{1,10})#(\d{1,20}): )?(?:\*(\d{1,20}) )?/;
const requestLine = /^([A-Za-z_-]{1,32}) (\S+)(?: HTTP\/(\d(?:\.\d)?))?$/;
const authentication = /user "([^"]{0,256})"(?: was not found in|: password mismatch)/;

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

/** The `, name: value` pairs at the end; quoted values may hold commas. */
function readContext(draft: EventDraft): void {
  const message = draft.text.slice(draft.messageStart);
  const refused = authentication.exec(message.slice(0, 1_000));
  if (refused !== null) {
    draft.keyword('user.name', refused[1]);
    draft.event('http_login', 'authentication', 'failure');
  }
  const start = message.indexOf(', client: ');
  if (start < 0) return;
  for (const [name, value] of contextPairs(message, start)) {
    if (name === 'client') draft.endpoint('source', value);
    else if (name === 'host') draft.keyword('url.domain', value);
    else if (name === 'referrer') draft.keyword('http.request.referrer', value);
    else if (name === 'request') readRequest(draft, value);
    else draft.label(name, value);
  }
}

function readRequest(draft: EventDraft, request: string): void {
  const match = requestLine.exec(request);
  if (match === null) return;
  draft.keyword('http.request.method', match[1]);
  readUrl(draft, match[2] ?? '');
  draft.keyword('http.version', match[3]);
}

const pairStart = /, ([a-z ]{2,20}): /y;

function contextPairs(message: string, start: number): Array<[string, string]> {
  const pairs: Array<[string, string]> = [];
  let at = start;
  while (pairs.length < 16) {
    pairStart.lastIndex = at;
    const match = pairStart.exec(message);
    if (match === null) break;
    const from = at + match[0].length;
    const isQuoted = message.charCodeAt(from) === 34;
    const end = isQuoted ? message.indexOf('"', from + 1) : message.indexOf(', ', from);
    const to = end < 0 ? message.length : end;
    pairs.push([match[1] ?? '', message.slice(isQuoted ? from + 1 : from, to)]);
    at = isQuoted ? to + 1 : to;
  }
  return pairs;
}
