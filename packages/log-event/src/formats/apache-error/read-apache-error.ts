/**
 * Apache's error log, 2.2 (`[time] [error] [client 192.0.2.1] …`) and 2.4
 * (`[time] [core:error] [pid 1:tid 2] [client 192.0.2.1:4000] AH00128: …`), also without time, as through syslog.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isIpAddress, splitEndpoint } from '../../ip-address.ts';
import { readBsdTime, readIsoTime } from '../../time/read-time.ts';
import type { WallTime } from '../../time/wall-time.ts';

const levels = new Set(
  'emerg alert crit error warn notice info debug trace1 trace2 trace3 trace4 trace5 trace6 trace7 trace8'.split(' '),
);
const levelPart = /^(?:([a-z0-9_-]{0,64}):)?([a-z0-9]{4,6})$/;
const processPart = /^pid (\d{1,10})(?::tid (\d{1,20}))?$/;
const clientPart = /(?:^|: )\[client ([^\]\s]{1,80})\] /;
const messageCode = /^(AH\d{5}|[A-Z]\d{4,6}): /;
/**
 * Refusals of the authentication modules (2.2 leads those of digest with its name). The server escapes quotes in what was
 * typed, so that the first one that is not escaped is its own. A path without quotes cannot be told from a name that holds one.
 */
const authentication = [
  /^(?:Digest: )?user [`']?(.{0,512})'?: authentication failure for "((?:[^"\\]|\\.)*)"/s,
  /^(?:Digest: )?user [`']?(.{0,512}?)'?: password mismatch(?:: |$)/is,
  /^(?:Digest: )?user [`'](.{0,512}?)' in realm [`'].{0,256}?' (?:not found|denied by provider)/s,
  /^(?:Digest: )?user (.{0,512}?) in realm .{1,256}? not found(?:: |$)/s,
  /^user [`']?(.{0,512}?)'? not found(?:: |$)/s,
  /^(?:auth_ldap authenticate: )?user (.{0,512}?) authentication failed; URI /s,
  /^user (.{0,512}?): authorization failure for "((?:[^"\\]|\\.)*)"/s,
];
const accessFailed =
  /^access to (.{0,2048}) failed(?: for \S{1,255})?, reason: (?:user '?(.{0,512}?)'? does not meet|.{0,512}$)/s;
const ownWords =
  /(?:Apache\b|AH\d{5}: |caught SIG|SIGHUP |Graceful |suEXEC |mod_|child (?:pid|process) |server (?:reached|seems))/y;
/** Refusals that name no user. */
const denials =
  /^(?:client denied by server configuration|Directory index forbidden by |Cannot serve directory |file permissions deny server access|Symbolic link not allowed |attempt to invoke directory as script)/;
/** What was refused follows, up to the first thing in the line that a client could have sent as a referrer. */
const deniedPath = /^[^:]{0,128}: (\/.{0,2048}?|[A-Za-z]:[\\/].{0,2048}?)(?:, referer: |$)/s;
const programs = new Set(['httpd', 'apache', 'apache2', 'apache-error', 'httpd24', 'httpd-prefork', 'httpd-worker']);

interface Header {
  wall: WallTime | undefined;
  timeAt: number;
  level: string;
  logger: string | undefined;
  pid: string | undefined;
  tid: string | undefined;
  client: string | undefined;
  remote: string | undefined;
  end: number;
}

/** False when the text from `start` does not begin as the server's lines do. */
export function readApacheError(draft: EventDraft, start: number): boolean {
  const header = readHeader(draft.text, start);
  if (header === undefined || !isServers(draft, header)) return false;
  if (header.wall !== undefined) draft.setWall(header.wall, header.timeAt);
  draft.keyword('log.level', header.level);
  draft.keyword('log.logger', header.logger);
  draft.long('process.pid', header.pid);
  draft.long('process.thread.id', header.tid);
  const hasPort = header.pid !== undefined || header.logger !== undefined;
  if (header.client !== undefined) readPeer(draft, 'source', { written: header.client, hasPort });
  if (header.remote !== undefined) {
    // A proxy module speaks of the server behind it, every other one of who is connected.
    const side = header.logger?.startsWith('proxy') === true ? 'destination' : 'source';
    readPeer(draft, side, { written: header.remote, hasPort });
  }
  draft.parsedAs('apache-error');
  readMessage(draft, header, hasPort);
  return true;
}

/** A level in brackets alone is anybody's: `[info] 2026-11-22T14:07:39Z …`. */
function isServers(draft: EventDraft, { wall, logger, pid, client, remote, end }: Header): boolean {
  if (wall !== undefined || logger !== undefined || pid !== undefined) return true;
  if (client !== undefined || remote !== undefined) return true;
  const program = draft.get('process.name');
  if (typeof program === 'string' && programs.has(program)) return true;
  ownWords.lastIndex = end;
  return ownWords.test(draft.text);
}

function readHeader(text: string, start: number): Header | undefined {
  const header: Header = {
    wall: undefined,
    timeAt: start + 1,
    level: '',
    logger: undefined,
    pid: undefined,
    tid: undefined,
    client: undefined,
    remote: undefined,
    end: start,
  };
  for (let parts = 0; parts < 8 && text.charCodeAt(header.end) === 91; parts++) {
    let close = text.indexOf(']', header.end);
    // `[client [2001:db8::7]:50022]`
    if (bracketedPeer.test(text.slice(header.end, header.end + 9))) close = text.indexOf(']', close + 1);
    if (close < 0 || close - header.end > 128) break;
    const part = text.slice(header.end + 1, close);
    if (parts === 0) header.wall = timeOf(text, start + 1, close);
    if ((parts > 0 || header.wall === undefined) && !takePart(header, part)) break;
    header.end = close + 1;
    while (text.charCodeAt(header.end) === 32) header.end++;
  }
  return header.level === '' ? undefined : header;
}

const bracketedPeer = /^\[(?:client|remote) \[/;

function timeOf(text: string, at: number, close: number): WallTime | undefined {
  const wall = readBsdTime(text, at) ?? readIsoTime(text, at);
  return wall !== undefined && wall.end === close ? wall : undefined;
}

/** False for what is no part of the header, but the message's own. */
function takePart(header: Header, part: string): boolean {
  if (header.level === '') {
    const match = levelPart.exec(part);
    const level = match?.[2] ?? '';
    if (!levels.has(level)) return false;
    header.level = level;
    header.logger = match?.[1];
    return true;
  }
  if (
    part.startsWith('pid ') &&
    header.pid === undefined &&
    header.client === undefined &&
    header.remote === undefined
  ) {
    const match = processPart.exec(part);
    header.pid = match?.[1];
    header.tid = match?.[2];
    return match !== null;
  }
  // The address is the last part: what follows in brackets is the message's own.
  if (header.client !== undefined || header.remote !== undefined) return false;
  if (part.startsWith('client ')) header.client = part.slice(7);
  else if (part.startsWith('remote ')) header.remote = part.slice(7);
  else return false;
  return true;
}

/** From 2.4 on the port is always there, so that the last group of an IPv6 address cannot be mistaken for one. */
function readPeer(
  draft: EventDraft,
  side: 'source' | 'destination',
  { written, hasPort }: { written: string; hasPort: boolean },
): void {
  const colon = written.lastIndexOf(':');
  const address = written.slice(0, Math.max(0, colon));
  if (hasPort && !written.startsWith('[') && (isIpAddress(address) || !address.includes(':')) && address !== '') {
    draft.endpoint(side, address, written.slice(colon + 1));
    return;
  }
  if (written.includes(':') && isIpAddress(written)) {
    draft.endpoint(side, written);
    return;
  }
  const { address: host, port } = splitEndpoint(written);
  draft.endpoint(side, host, port);
}

function readMessage(draft: EventDraft, { end: start, client: known, remote }: Header, hasPort: boolean): void {
  const { text } = draft;
  draft.messageStart = start;
  let message = text.slice(start, start + 4_000).trimEnd();
  // The operating system's error comes before the client: `(70014)End of file found: [client …] AH02006: …`.
  const mayFollow = known === undefined && remote === undefined && message.startsWith('(');
  const client = mayFollow ? clientPart.exec(message) : null;
  if (client !== null) {
    readPeer(draft, 'source', { written: client[1] ?? '', hasPort });
    message = message.slice(client.index + client[0].length);
  }
  const code = messageCode.exec(message);
  if (code !== null) {
    draft.keyword('event.code', code[1]);
    message = message.slice(code[0].length);
  }
  readRefusal(draft, message);
}

function readRefusal(draft: EventDraft, message: string): void {
  if (denials.test(message)) {
    draft.event('http_access_denied', 'web', 'failure');
    draft.keyword('file.path', deniedPath.exec(message)?.[1]);
    return;
  }
  if (message.startsWith('access to ')) {
    const match = accessFailed.exec(message);
    if (match !== null) draft.event('http_access_denied', 'web', 'failure');
    draft.keyword('url.original', match?.[1]);
    draft.keyword('user.name', match?.[2]);
    return;
  }
  if (!/^(?:Digest: |auth_ldap authenticate: )?user /.test(message)) return;
  for (const pattern of authentication) {
    const match = pattern.exec(message);
    if (match === null) continue;
    draft.keyword('user.name', match[1]?.replace(/\\(["\\])/g, '$1'));
    draft.event('http_login', 'authentication', 'failure');
    draft.keyword('url.original', match[2]?.replace(/\\(["\\])/g, '$1'));
    return;
  }
}
