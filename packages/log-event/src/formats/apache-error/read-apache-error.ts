/**
 * Apache's error log, 2.2 (`[time] [error] [client 192.0.2.1] …`) and 2.4
 * (`[time] [core:error] [pid 1:tid 2] [client 192.0.2.1:4000] AH00128: …`), also without time, as through syslog.
 */

import type { EventDraft } from '../../event-draft.ts';
import { splitEndpoint } from '../../ip-address.ts';
import { readBsdTime } from '../../time/read-time.ts';

const levels = new Set(
  'emerg alert crit error warn notice info debug trace1 trace2 trace3 trace4 trace5 trace6 trace7 trace8'.split(' '),
);
const levelPart = /^(?:([a-z0-9_-]{0,64}):)?([a-z0-9]{4,6})$/;
const processPart = /^pid (\d{1,10})(?::tid (\d{1,20}))?$/;
const clientPart = /(?:^|: )\[client ([^\]\s]{1,80})\] /;
const messageCode = /^(AH\d{5}|[A-Z]\d{4,6}): /;
/** `user sss not found: /`, `user sss: authentication failure for "/": Password Mismatch` of the auth modules. */
const authentication =
  /^user ([^\s:]{1,256})(?: not found|: authentication failure| in realm .{1,256} not found|: password mismatch)/i;

/** False when the text from `start` has no bracketed level. */
export function readApacheError(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  let at = start;
  let sawLevel = false;
  let hasProcess = false;
  for (let parts = 0; parts < 8 && text.charCodeAt(at) === 91; parts++) {
    const close = text.indexOf(']', at);
    if (close < 0 || close - at > 128) break;
    const part = text.slice(at + 1, close);
    const wall = parts === 0 ? readBsdTime(text, at + 1) : undefined;
    if (wall !== undefined && wall.end === close) draft.setWall(wall, at + 1);
    else if (!sawLevel) {
      if (!readLevel(draft, part)) return false;
      sawLevel = true;
    } else if (part.startsWith('pid ')) {
      const match = processPart.exec(part);
      draft.long('process.pid', match?.[1]);
      draft.long('process.thread.id', match?.[2]);
      hasProcess = true;
    } else if (part.startsWith('client ')) readClient(draft, part.slice(7), hasProcess);
    else if (!part.startsWith('remote ')) break;
    at = close + 1;
    while (text.charCodeAt(at) === 32) at++;
  }
  if (!sawLevel) return false;
  draft.parsedAs('apache-error');
  readMessage(draft, at, hasProcess);
  return true;
}

function readLevel(draft: EventDraft, part: string): boolean {
  const match = levelPart.exec(part);
  const level = match?.[2];
  if (level === undefined || !levels.has(level)) return false;
  draft.keyword('log.level', level);
  draft.keyword('log.logger', match?.[1]);
  return true;
}

/** From 2.4 on the port is always there, so that the last group of an IPv6 address cannot be mistaken for one. */
function readClient(draft: EventDraft, client: string, hasPort: boolean): void {
  const colon = client.lastIndexOf(':');
  if (hasPort && colon > 0 && !client.startsWith('[')) {
    draft.endpoint('source', client.slice(0, colon), client.slice(colon + 1));
    return;
  }
  const { address, port } = splitEndpoint(client);
  draft.endpoint('source', address, port);
}

function readMessage(draft: EventDraft, start: number, hasProcess: boolean): void {
  const { text } = draft;
  draft.messageStart = start;
  let message = text.slice(start, start + 2_000);
  // The operating system's error comes before the client: `(70014)End of file found: [client …] AH02006: …`.
  const client = message.startsWith('(') ? clientPart.exec(message) : null;
  if (client !== null) {
    readClient(draft, client[1] ?? '', hasProcess);
    message = message.slice(client.index + client[0].length);
  }
  const code = messageCode.exec(message);
  if (code !== null) {
    draft.keyword('event.code', code[1]);
    message = message.slice(code[0].length);
  }
  const refused = authentication.exec(message);
  if (refused !== null) {
    draft.keyword('user.name', refused[1]);
    draft.event('http_login', 'authentication', 'failure');
  } else if (message.startsWith('client denied by server configuration'))
    draft.event('http_access_denied', 'web', 'failure');
}
