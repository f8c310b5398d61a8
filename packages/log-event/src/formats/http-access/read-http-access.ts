/**
 * Access logs of Apache and nginx: common and combined, with or without the virtual host in front, IPv6, `-` for what
 * is missing, and request lines that are no HTTP.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isIpAddress, splitEndpoint } from '../../ip-address.ts';
import { readAccessLogTime } from '../../time/read-time.ts';

const maxPrefixChars = 1_024;

/** False when the text from `start` is no access log line. */
export function readHttpAccess(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  const bracket = text.indexOf(' [', start);
  if (bracket < 0 || bracket - start > maxPrefixChars) return false;
  const wall = readAccessLogTime(text, bracket + 2);
  if (wall === undefined || text.charCodeAt(wall.end) !== 93) return false;
  if (text.charCodeAt(wall.end + 1) !== 32 || text.charCodeAt(wall.end + 2) !== 34) return false;
  const close = closingQuote(text, wall.end + 3);
  if (close < 0) return false;
  draft.setWall(wall, bracket + 2);
  draft.parsedAs('http-access');
  readClient(draft, text.slice(start, bracket));
  readRequest(draft, text.slice(wall.end + 3, close));
  readResult(draft, close + 1);
  return true;
}

function readClient(draft: EventDraft, prefix: string): void {
  const identity = prefix.indexOf(' ');
  const user = identity < 0 ? -1 : prefix.indexOf(' ', identity + 1);
  if (user < 0 || prefix.includes(' ', user + 1)) {
    readLongClient(draft, prefix);
    return;
  }
  readAddress(draft, prefix.slice(0, identity));
  readUser(draft, prefix.slice(user + 1));
}

function readAddress(draft: EventDraft, client: string): void {
  draft.endpoint('source', client.endsWith(',') ? client.slice(0, -1) : client);
}

function readUser(draft: EventDraft, user: string): void {
  if (user !== '-') draft.keyword('user.name', user);
}

/** With the virtual host in front, a user with blanks, or something missing. */
function readLongClient(draft: EventDraft, prefix: string): void {
  const words = prefix.split(' ');
  const second = words[1] ?? '';
  const hostFirst =
    words.length >= 4 && !isIpAddress(words[0] ?? '') && (isIpAddress(second) || words[2] === '-') && second !== '-';
  if (hostFirst) draft.keyword('url.domain', splitEndpoint(words.shift() ?? '').address);
  readAddress(draft, words.shift() ?? '');
  // The identity (RFC 1413) is always `-`; what follows it, blanks included, is the user.
  words.shift();
  readUser(draft, words.join(' '));
}

const requestLine = /^([A-Za-z_-]{1,32}) (\S*)(?: HTTP\/(\d(?:\.\d)?))?$/;

function readRequest(draft: EventDraft, request: string): void {
  const match = requestLine.exec(request);
  if (match === null) {
    if (request !== '-') draft.keyword('url.original', request);
    return;
  }
  const [, method, target = '', version] = match;
  draft.keyword('http.request.method', method);
  draft.keyword('http.version', version);
  readUrl(draft, target);
}

/** The parts of a request's target, absolute or not. */
export function readUrl(draft: EventDraft, target: string): void {
  draft.keyword('url.original', target);
  let path = target;
  const scheme = target.indexOf('://');
  if (scheme > 0 && scheme < 12) {
    const slash = target.indexOf('/', scheme + 3);
    draft.keyword('url.scheme', target.slice(0, scheme).toLowerCase());
    draft.keyword('url.domain', splitEndpoint(target.slice(scheme + 3, slash < 0 ? undefined : slash)).address);
    path = slash < 0 ? '/' : target.slice(slash);
  }
  const question = path.indexOf('?');
  if (question < 0) {
    draft.keyword('url.path', path);
    return;
  }
  draft.keyword('url.path', path.slice(0, question));
  draft.keyword('url.query', path.slice(question + 1));
}

function readResult(draft: EventDraft, start: number): void {
  const { text } = draft;
  let at = start + 1;
  const statusEnd = wordEnd(text, at);
  const status = text.slice(at, statusEnd);
  const known = status.length === 3 && status >= '100' && status <= '599';
  if (known) draft.long('http.response.status_code', status);
  else draft.partly('http-access', 'malformed');
  draft.event('http_request', 'web', known ? (status < '400' ? 'success' : 'failure') : 'unknown');
  at = statusEnd + 1;
  const bytesEnd = wordEnd(text, at);
  const bytes = text.slice(at, bytesEnd);
  if (bytes !== '-' && bytes.length <= 16) draft.long('http.response.body.bytes', bytes);
  const referrer = quoted(text, bytesEnd + 1);
  if (referrer === undefined) return;
  if (referrer.value !== '-') draft.keyword('http.request.referrer', referrer.value);
  const agent = quoted(text, referrer.end + 2);
  if (agent !== undefined && agent.value !== '-') draft.keyword('user_agent.original', agent.value);
}

function quoted(text: string, at: number): { value: string; end: number } | undefined {
  if (text.charCodeAt(at) !== 34) return undefined;
  const end = closingQuote(text, at + 1);
  return end < 0 ? undefined : { value: text.slice(at + 1, end), end };
}

function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start);
  while (at > start && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** An odd number of backslashes before a quote makes it part of the text. */
function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
  return slashes % 2 === 1;
}

function wordEnd(text: string, at: number): number {
  const blank = text.indexOf(' ', at);
  return blank < 0 ? text.length : blank;
}
