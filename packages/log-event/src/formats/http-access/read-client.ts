/**
 * What stands before the time of an access log: `client identity user`, with the virtual host in front, with a list of
 * clients and proxies for the client, in quotes or not. Identity (RFC 1413) and user come from outside and may hold blanks.
 */

import type { EventDraft } from '../../event-draft.ts';
import { splitEndpoint } from '../../ip-address.ts';
import { readWrittenAddress } from '../../written-address.ts';

export function readClient(draft: EventDraft, prefix: string): void {
  const identity = prefix.indexOf(' ');
  const user = identity < 0 ? -1 : prefix.indexOf(' ', identity + 1);
  // Nearly all lines: three words, no quote and no list with blanks.
  const isPlain = prefix.charCodeAt(0) !== 34 && prefix.charCodeAt(identity - 1) !== 44;
  if (user > 0 && isPlain && !prefix.includes(' ', user + 1)) {
    draft.endpoint('source', prefix.slice(0, identity));
    readUser(draft, prefix.slice(user + 1));
    return;
  }
  readLongClient(draft, prefix);
}

function readLongClient(draft: EventDraft, prefix: string): void {
  const words = wordsOf(prefix);
  if (startsWithServer(words)) draft.keyword('url.domain', splitEndpoint(words.shift() ?? '').address);
  const client = words.shift() ?? '';
  const next = words[0] ?? '';
  // `"$http_x_forwarded_for" $remote_addr - -`: what the header says, and behind it who is connected.
  if (words.length >= 3 && isAddress(next) && (client === '-' || client.includes(','))) {
    draft.endpoint('source', words.shift());
    if (client !== '-') {
      draft.forwardedFor = client;
      draft.label('forwarded_for', client);
      draft.placeForwarded();
    }
  } else draft.endpoint('source', client);
  readUser(draft, userOf(words));
}

/** Words, of which a list with blanks behind its commas, or something in quotes, is one. */
function wordsOf(prefix: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < prefix.length) {
    const isQuoted = prefix.charCodeAt(at) === 34;
    const quote = isQuoted ? prefix.indexOf('"', at + 1) : -1;
    let end = prefix.indexOf(' ', quote < 0 ? at : quote);
    while (
      words.length < 2 &&
      end > 0 &&
      prefix.charCodeAt(end - 1) === 44 &&
      isAddress(entryBefore(prefix, at, end - 1))
    )
      end = prefix.indexOf(' ', end + 1);
    if (end < 0) end = prefix.length;
    words.push(quote < 0 ? prefix.slice(at, end) : prefix.slice(at + 1, quote));
    at = end + 1;
  }
  return words;
}

/** The last entry of a list that ends before a comma. */
function entryBefore(prefix: string, start: number, comma: number): string {
  const blank = prefix.lastIndexOf(' ', comma);
  const earlier = prefix.lastIndexOf(',', comma - 1);
  return prefix.slice(Math.max(start, blank + 1, earlier + 1), comma);
}

function isAddress(word: string): boolean {
  return word === 'unknown' || readWrittenAddress(word.endsWith(',') ? word.slice(0, -1) : word) !== undefined;
}

const namedPort = /^[A-Za-z][\w.-]*:\d{1,5}$/;

/** Whether the first word is the virtual host: no address itself, and a client behind it. */
function startsWithServer(words: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = words;
  if (words.length < 4 || isAddress(first) || first === '-' || second === '-') return false;
  return isAddress(second) || third === '-' || namedPort.test(first) || /^[\w-]+(?:\.[\w-]+)+$/.test(second);
}

/** Behind an identity that is one (nearly always `-`) all is the user's name; else the name is the last word. */
function userOf(words: readonly string[]): string {
  if (words[0] === '-' || words.length < 3) return words.slice(1).join(' ');
  return words.at(-1) ?? '';
}

function readUser(draft: EventDraft, user: string): void {
  if (user !== '-' && user !== '""') draft.keyword('user.name', user.includes('\\') ? plainName(user) : user);
}

const escapes = /\\(?:(["\\])|((?:x[0-9a-fA-F]{2})(?:\\x[0-9a-fA-F]{2})*))/g;

/**
 * Apache writes `\\` and `\"` for a backslash and a quote, both servers `\xHH` for the bytes of other characters. Digits of
 * any script stay as they are written: what masking has not seen as a number must not become one here.
 */
function plainName(written: string): string {
  return written.replace(escapes, (all, char: string | undefined, bytes: string | undefined) => {
    if (char !== undefined) return char;
    const coded = Buffer.from((bytes ?? '').replace(/\\?x/g, ''), 'hex');
    const text = coded.toString('utf8');
    if (text === '\\' || text === '"') return text;
    return coded.some((byte) => byte < 0x80) || /\ufffd|\p{N}/u.test(text) ? all : text;
  });
}
