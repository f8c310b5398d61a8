import { createHash } from 'node:crypto';
import { readList, readObject } from './search-client.ts';

/** Where a listing goes on: opaque for callers, valid only for the query, scope and order that it came from. */
export interface SearchCursor {
  /** The point in time of all pages from the second on; absent in the cursor of the first page. */
  pointInTime?: string;
  after: readonly (number | string)[];
}

const format = 1;

export function encodeCursor(cursor: SearchCursor, query: unknown): string {
  const { pointInTime, after } = cursor;
  const content = {
    v: format,
    q: queryDigest(query),
    a: after,
    ...(pointInTime === undefined ? {} : { p: pointInTime }),
  };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

export type DecodedCursor =
  { ok: true; cursor: SearchCursor } | { ok: false; code: 'cursor-unreadable' | 'cursor-of-other-query' };

export function decodeCursor(text: string, query: unknown): DecodedCursor {
  let content: Readonly<Record<string, unknown>>;
  try {
    content = readObject(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return { ok: false, code: 'cursor-unreadable' };
  }
  const after = readList(content['a']).filter((value) => typeof value === 'number' || typeof value === 'string');
  if (content['v'] !== format || after.length === 0) return { ok: false, code: 'cursor-unreadable' };
  if (content['q'] !== queryDigest(query)) return { ok: false, code: 'cursor-of-other-query' };
  const pointInTime = content['p'];
  return { ok: true, cursor: { after, ...(typeof pointInTime === 'string' ? { pointInTime } : {}) } };
}

function queryDigest(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 22);
}
