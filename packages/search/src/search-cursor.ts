import { createHash } from 'node:crypto';
import { readList, readObject } from './search-client.ts';

/** Where a listing goes on: opaque for callers, valid only for the query, scope and order that it came from. */
export interface SearchCursor {
  /** Epoch milliseconds: what is received later is no part of the listing. */
  receivedUntil: number;
  after: readonly (number | string)[];
}

const format = 3;

export function encodeCursor({ receivedUntil, after }: SearchCursor, query: unknown): string {
  const content = { v: format, q: queryDigest(query), a: after, u: receivedUntil };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

export type DecodedCursor =
  | { ok: true; cursor: SearchCursor }
  | { ok: false; code: 'cursor-unreadable' | 'cursor-of-other-query' | 'cursor-expired' };

export function decodeCursor(text: string, query: unknown): DecodedCursor {
  let content: Readonly<Record<string, unknown>>;
  try {
    content = readObject(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return { ok: false, code: 'cursor-unreadable' };
  }
  // Of an installation before it was updated.
  if (Number(content['v']) < format) return { ok: false, code: 'cursor-expired' };
  const after = readAfter(content['a']);
  const receivedUntil = content['u'];
  if (content['v'] !== format || after === undefined || !Number.isSafeInteger(receivedUntil)) {
    return { ok: false, code: 'cursor-unreadable' };
  }
  if (content['q'] !== queryDigest(query)) return { ok: false, code: 'cursor-of-other-query' };
  return { ok: true, cursor: { after, receivedUntil: Number(receivedUntil) } };
}

/** Time, segment and position. */
function readAfter(value: unknown): SearchCursor['after'] | undefined {
  const [time, segment, position, ...others] = readList(value);
  const isPlace = typeof segment === 'string' && Number.isSafeInteger(position) && others.length === 0;
  return isPlace && Number.isSafeInteger(time) ? [Number(time), segment, Number(position)] : undefined;
}

function queryDigest(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 22);
}
