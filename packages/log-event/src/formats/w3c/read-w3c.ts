/**
 * The W3C's extended log as IIS writes it. The line that names the columns (`#Fields:`) is another record: so the columns are
 * told by what they hold, in the orders that IIS has had. Times are UTC.
 */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { classifyStatus } from '../http-access/classify-status.ts';

const ip = '([0-9A-Fa-f.:%]{2,64})';
const word = '(\\S{1,8000})';
/** Site and computer stand before the server's address where they are logged. */
const site = '(?:(?:W3SVC\\d{1,10}|MSFTPSVC\\d{1,10}|FTPSVC\\d{1,10}|-) )?(?:([A-Za-z][\\w.-]{0,62}) )?';
const method = '([A-Z]{2,16}|[A-Z][A-Za-z]{2,32})';
const status = '(\\d{3}) (\\d{1,5}) (\\d{1,10})';

/** IIS 6 to 10: server, request, port, user, client; then agent, referrer, host and the like; then the status. */
const iis = new RegExp(
  `^ ${site}${ip} ${method} ${word} ${word} (\\d{1,5}|-) (\\S{1,512}) ${ip} (?:HTTP/(\\d(?:\\.\\d)?) )?(\\S{1,8000})(?: (\\S{1,8000}))?(?: \\S{1,8000}){0,3}? ${status}((?: \\d{1,15}){0,3})(?: \\S{1,512})?$`,
);
/** Client and user first, as IIS 5 and HTTP.SYS write them. */
const clientFirst = new RegExp(
  `^ ${ip} (\\S{1,512}) ${site}${ip} (\\d{1,5}) ${method} ${word} ${word} (\\d{3})(?: |$)`,
);

const directive = /^#(?:Software|Version|Date|Fields|Start-Date|End-Date|Remark|GMT-Offset): ?/;

/** False for a line in whose place another format's may stand. */
export function readW3cLine(draft: EventDraft, wall: WallTime): boolean {
  if (wall.offsetMinutes !== undefined || wall.hasUnknownZone || draft.text.charCodeAt(wall.end) !== 32) return false;
  const rest = draft.text.slice(wall.end).trimEnd();
  if (!/^ \S{2,64} \S/.test(rest) || !(readIis(draft, rest) || readClientFirst(draft, rest))) return false;
  wall.offsetMinutes = 0;
  draft.setWall(wall, 0);
  draft.messageStart = wall.end + 1;
  return true;
}

function readIis(draft: EventDraft, rest: string): boolean {
  const match = iis.exec(rest);
  if (match === null) return false;
  const [
    ,
    computer,
    server,
    verb,
    stem,
    query,
    port,
    user,
    client,
    version,
    agent,
    referrer,
    code = '',
    sub,
    win32,
    numbers = '',
  ] = match;
  begin(draft, code);
  draft.keyword('host.name', computer);
  draft.endpoint('destination', server, port);
  placeRequest(draft, { verb, stem, query });
  placeUser(draft, user);
  draft.endpoint('source', client);
  draft.keyword('http.version', version);
  if (agent !== '-') draft.keyword('user_agent.original', agent?.replaceAll('+', ' '));
  if (referrer !== undefined && referrer !== '-' && /^[a-z]{2,16}:\/\//i.test(referrer))
    draft.keyword('http.request.referrer', referrer);
  finish(draft, { code, sub, win32 });
  const milliseconds = numbers.slice(numbers.lastIndexOf(' ') + 1);
  if (milliseconds !== '') draft.set('event.duration', Number(milliseconds) * 1_000_000);
  return true;
}

function readClientFirst(draft: EventDraft, rest: string): boolean {
  const match = clientFirst.exec(rest);
  if (match === null) return false;
  const [, client, user, computer, server, port, verb, stem, query, code = ''] = match;
  begin(draft, code);
  draft.endpoint('source', client);
  placeUser(draft, user);
  draft.keyword('host.name', computer);
  draft.endpoint('destination', server, port);
  placeRequest(draft, { verb, stem, query });
  finish(draft, { code, sub: undefined, win32: undefined });
  return true;
}

function begin(draft: EventDraft, code: string): void {
  draft.parsedAs('w3c');
  draft.event('http_request', 'web', Number(code) >= 400 ? 'failure' : 'success');
}

interface Request {
  verb: string | undefined;
  stem: string | undefined;
  query: string | undefined;
}

function placeRequest(draft: EventDraft, { verb, stem = '', query }: Request): void {
  draft.keyword('http.request.method', verb);
  const hasQuery = query !== undefined && query !== '-';
  draft.keyword('url.original', hasQuery ? `${stem}?${query}` : stem);
  draft.keyword('url.path', stem);
  if (hasQuery) draft.keyword('url.query', query);
}

/** `CORP\yamada`: the domain stays a part of the name, as IIS writes it. */
function placeUser(draft: EventDraft, user: string | undefined): void {
  if (user !== undefined && user !== '-') draft.keyword('user.name', user);
}

interface Codes {
  code: string;
  sub: string | undefined;
  win32: string | undefined;
}

function finish(draft: EventDraft, { code, sub, win32 }: Codes): void {
  draft.long('http.response.status_code', code);
  if (sub !== undefined && sub !== '0') draft.label('sc-substatus', sub);
  if (win32 !== undefined && win32 !== '0') draft.label('sc-win32-status', win32);
  classifyStatus(draft, code);
}

/** `#Fields: date time …`: what the file says of itself. */
export function readW3cDirective(draft: EventDraft): boolean {
  const match = directive.exec(draft.text);
  if (match === null) return false;
  draft.parsedAs('w3c');
  draft.event('w3c_directive', 'file');
  return true;
}
