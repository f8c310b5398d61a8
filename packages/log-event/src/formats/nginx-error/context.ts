/**
 * The end of nginx's error lines: `, client: 192.0.2.1, server: example.jp, request: "GET / HTTP/1.1", host: "example.jp",
 * referrer: "…"`. nginx escapes nothing. So what was typed before the context (a user's name, a path) and within it (a
 * request, a referrer) may hold the text of another one.
 */

export interface ErrorContext {
  /** Where it starts in the message. */
  start: number;
  pairs: ReadonlyArray<readonly [name: string, value: string]>;
  /** A name said twice or out of order, or a second context: what follows the server's name is left out. */
  isDoubtful: boolean;
}

const clients = /, client: (?:[0-9A-Fa-f.:%\w]{2,64}|unix:\S{0,108})?(?=, |\s*$)/g;
const maxContexts = 16;

/** Undefined where there is none; `doubtful` where nobody can tell which of several is the server's. */
export function findContext(message: string): ErrorContext | 'doubtful' | undefined {
  const starts = startsOf(message);
  const last = starts.at(-1);
  for (const start of starts) {
    if (start === last) return contextOf(message, start);
    // Before the server's own context its message is complete, and behind it stands nothing else.
    if (!isWholeMessage(message.slice(0, start))) continue;
    return isContextToTheEnd(message, start) ? contextOf(message, start) : 'doubtful';
  }
  return undefined;
}

/** Whether only pairs follow, other contexts (as a request or a referrer may hold) among them. */
function isContextToTheEnd(message: string, start: number): boolean {
  for (let at = start; ;) {
    const { list, end } = readPairs(message, at);
    if (list.length === 0 || list.some(([, value]) => value.includes('"'))) return false;
    if (message.slice(end).trim() === '') return true;
    at = end;
  }
}

function startsOf(message: string): number[] {
  const starts: number[] = [];
  clients.lastIndex = 0;
  for (let match = clients.exec(message); match !== null && starts.length < maxContexts; match = clients.exec(message))
    starts.push(match.index);
  return starts;
}

interface Pairs {
  list: Array<[string, string]>;
  end: number;
}

const pairStart = /, ([a-z][a-z /]{1,24}): /y;
const maxPairs = 16;

/** The pairs from `start` on, up to the end or to what is none; a second client ends them. */
function readPairs(message: string, start: number): Pairs {
  const list: Array<[string, string]> = [];
  let at = start;
  while (list.length < maxPairs) {
    pairStart.lastIndex = at;
    const match = pairStart.exec(message);
    if (match === null || (list.length > 0 && match[1] === 'client')) break;
    const from = at + match[0].length;
    const to = valueEnd(message, from);
    if (to < 0) break;
    const isQuoted = message.charCodeAt(from) === 34;
    list.push([match[1] ?? '', isQuoted ? message.slice(from + 1, to - 1) : message.slice(from, to)]);
    at = to;
  }
  return { list, end: at };
}

const nextPair = /, [a-z][a-z /]{1,24}: |\s*$/y;

/** Behind the quote that closes a value: one that another pair or the end follows. -1 where there is none. */
function valueEnd(message: string, from: number): number {
  if (message.charCodeAt(from) !== 34) {
    const comma = message.indexOf(', ', from);
    const end = comma < 0 ? message.length : comma;
    return message.slice(from, end).includes('"') ? -1 : end;
  }
  for (let quote = message.indexOf('"', from + 1); quote >= 0; quote = message.indexOf('"', quote + 1)) {
    nextPair.lastIndex = quote + 1;
    if (nextPair.test(message)) return quote + 1;
  }
  return -1;
}

/** Whether a message before the context is complete: its quotes are pairs, and it goes on behind what it quotes. */
function isWholeMessage(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  if (quotes % 2 === 1) return false;
  return !text.endsWith('"') || /" was not found in "[^"]*"$/.test(text);
}

/** The order in which nginx writes them; only the first two stand before anything typed. */
const order = ['client', 'server', 'login', 'request', 'subrequest', 'upstream', 'host', 'referrer'];
const typedFrom = 2;

function contextOf(message: string, start: number): ErrorContext {
  const { list, end } = readPairs(message, start);
  const isDoubtful = !isInOrder(list) || message.includes('"', end) || message.startsWith(', client: ', end);
  const pairs = isDoubtful ? list.filter(([name], index) => index < typedFrom && order.indexOf(name) === index) : list;
  return { start, pairs, isDoubtful };
}

function isInOrder(list: ReadonlyArray<readonly [name: string, value: string]>): boolean {
  let last = -1;
  for (const [name] of list) {
    const place = order.indexOf(name);
    if (place < 0) continue;
    if (place <= last) return false;
    last = place;
  }
  return true;
}
