/**
 * Access logs of Apache and nginx: common and combined, with or without the virtual host in front, IPv6, `-` for what
 * is missing, and request lines that are no HTTP.
 */

import type { EventDraft } from '../../event-draft.ts';
import { splitEndpoint } from '../../ip-address.ts';
import { readAccessLogTime } from '../../time/read-time.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { readWrittenAddress } from '../../written-address.ts';
import { classifyStatus } from './classify-status.ts';
import { readClient } from './read-client.ts';

/** False when the text from `start` is no access log line. */
export function readHttpAccess(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  const time = findTime(text, start);
  if (time === undefined) return false;
  const { bracket, wall } = time;
  const close = closingQuote(text, wall.end + 3);
  if (close < 0) return false;
  draft.setWall(wall, bracket + 2);
  draft.parsedAs('http-access');
  readClient(draft, text.slice(start, bracket));
  readRequest(draft, text.slice(wall.end + 3, close));
  readResult(draft, close + 1);
  return true;
}

const maxPrefixChars = 2_048;
const maxBrackets = 32;

/** A user's name may hold a bracket, but servers escape the quote that follows the time: `[22/Nov/2026:14:07:39 +0900] "`. */
function findTime(text: string, start: number): { bracket: number; wall: WallTime } | undefined {
  let bracket = text.indexOf(' [', start);
  for (let tries = 0; bracket >= 0 && bracket - start <= maxPrefixChars && tries < maxBrackets; tries++) {
    const wall = readAccessLogTime(text, bracket + 2);
    const isEnded = wall !== undefined && text.startsWith('] "', wall.end);
    if (wall !== undefined && isEnded) return { bracket, wall };
    bracket = text.indexOf(' [', bracket + 2);
  }
  return undefined;
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
  if (known) readStatus(draft, status);
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
  if (agent === undefined) return;
  if (agent.value !== '-') draft.keyword('user_agent.original', agent.value);
  readForwarded(draft, quoted(text, agent.end + 2)?.value);
}

function readStatus(draft: EventDraft, status: string): void {
  draft.long('http.response.status_code', status);
  classifyStatus(draft, status);
}

/** nginx's `main` format ends with `"$http_x_forwarded_for"`. */
function readForwarded(draft: EventDraft, value: string | undefined): void {
  if (value === undefined || value === '-' || readWrittenAddress(value) === undefined) return;
  draft.label('forwarded_for', value);
  draft.forwardedFor = value;
  draft.placeForwarded();
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
