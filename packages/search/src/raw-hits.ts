/** A hit with its `_source` to the byte as the index holds it: the server copies it into its answers as it was written. */
export interface RawHit {
  readonly id: string;
  readonly source: Buffer;
  readonly sort: readonly (number | string)[];
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;

/**
 * The hits of a search answer, read without making objects of their documents. Throws a SyntaxError for what is no search
 * answer; what stands inside a document cannot be taken for a part of the answer.
 */
export function readRawHits(answer: Buffer): RawHit[] {
  const outer = members(answer, 0).get('hits');
  if (outer === undefined) throw new SyntaxError('the answer has no hits');
  const list = members(answer, outer.start).get('hits');
  if (list === undefined || answer[list.start] !== openBracket) throw new SyntaxError('the answer has no list of hits');
  const hits: RawHit[] = [];
  for (let at = list.start + 1; answer[at] !== closeBracket;) {
    const end = valueEnd(answer, at);
    hits.push(readHit(answer, at));
    at = answer[end] === comma ? end + 1 : end;
  }
  return hits;
}

function readHit(answer: Buffer, start: number): RawHit {
  const parts = members(answer, start);
  const [id, source, sort] = [parts.get('_id'), parts.get('_source'), parts.get('sort')];
  if (id === undefined || source === undefined) throw new SyntaxError('a hit has no document');
  const values = sort === undefined ? [] : (JSON.parse(text(answer, sort)) as unknown[]);
  return {
    id: String(JSON.parse(text(answer, id))),
    source: answer.subarray(source.start, source.end),
    sort: values.filter((value) => typeof value === 'number' || typeof value === 'string'),
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function text(answer: Buffer, { start, end }: Span): string {
  return answer.toString('utf8', start, end);
}

/** Where the values of an object's members are. The server writes answers without blanks. */
function members(answer: Buffer, start: number): Map<string, Span> {
  if (answer[start] !== openBrace) throw new SyntaxError('not an object');
  const found = new Map<string, Span>();
  for (let at = start + 1; answer[at] !== closeBrace;) {
    const nameEnd = valueEnd(answer, at);
    if (answer[at] !== quote || answer[nameEnd] !== colon) throw new SyntaxError('not a member');
    const end = valueEnd(answer, nameEnd + 1);
    found.set(answer.toString('utf8', at + 1, nameEnd - 1), { start: nameEnd + 1, end });
    at = answer[end] === comma ? end + 1 : end;
  }
  return found;
}

/** The place after the JSON value that begins there. */
function valueEnd(answer: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < answer.length; at++) {
    const byte = answer[at];
    if (byte === quote) {
      at = stringEnd(answer, at);
      if (depth === 0) return at + 1;
    } else if (byte === openBrace || byte === openBracket) depth++;
    else if (byte === closeBrace || byte === closeBracket) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (byte === comma && depth === 0) return at;
  }
  throw new SyntaxError('the answer ends inside a value');
}

/** The closing quote of the string that opens there. */
function stringEnd(answer: Buffer, start: number): number {
  for (let at = start + 1; at < answer.length; at++) {
    const byte = answer[at];
    if (byte === backslash) at++;
    else if (byte === quote) return at;
  }
  throw new SyntaxError('the answer ends inside a text');
}
