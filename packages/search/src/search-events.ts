import { formatQuery } from '@akashi/query';
import { selectionQuery, showDocuments, type EventSelection } from './event-selection.ts';
import { decodeCursor, encodeCursor, type SearchCursor } from './search-cursor.ts';
import { readNumber, readObject } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import {
  closePointInTime,
  openPointInTime,
  readHits,
  searchPointInTime,
  searchStream,
  type StoredDocument,
  type TenantStream,
} from './tenant-stream.ts';

export interface EventSearch extends EventSelection {
  /** `newest` first is the default. */
  sort?: 'newest' | 'oldest';
  limit?: number;
  cursor?: string;
}

export interface EventPage {
  ok: true;
  items: readonly StoredDocument[];
  /** Exact up to `exactTotalLimit`, then a lower bound. */
  total: { value: number; relation: 'eq' | 'gte' };
  next?: string;
  tookMs: number;
}

export type SearchOutcome =
  EventPage | { ok: false; code: 'cursor-unreadable' | 'cursor-of-other-query' | 'cursor-expired' };

export const exactTotalLimit = 100_000;
export const maxPageSize = 1_000;
const defaultPageSize = 100;
/** A person may read a page for this long before asking for the next one. */
const pointInTimeKeepAlive = '5m';

/**
 * A page of events. The second and later pages come from one point in time, opened when they are first asked for, so
 * that single-page searches hold nothing on the server; documents never change, so the first page fits to it.
 */
export async function searchEvents(stream: TenantStream, search: EventSearch): Promise<SearchOutcome> {
  const limit = Math.min(Math.max(search.limit ?? defaultPageSize, 1), maxPageSize);
  const identity = queryIdentity(stream, search);
  if (search.cursor === undefined) return readPage(stream, search, { limit, identity });
  const decoded = decodeCursor(search.cursor, identity);
  if (!decoded.ok) return decoded;
  try {
    const pointInTime = decoded.cursor.pointInTime ?? (await openPointInTime(stream, pointInTimeKeepAlive));
    return await readPage(stream, search, { limit, identity, cursor: { ...decoded.cursor, pointInTime } });
  } catch (error) {
    if (isGonePointInTime(error)) return { ok: false, code: 'cursor-expired' };
    throw error;
  }
}

async function readPage(
  stream: TenantStream,
  search: EventSearch,
  page: { limit: number; identity: unknown; cursor?: SearchCursor },
): Promise<EventPage> {
  const { limit, identity, cursor } = page;
  const order = search.sort === 'oldest' ? 'asc' : 'desc';
  const body = {
    // One more than asked for tells whether there is a next page.
    size: limit + 1,
    track_total_hits: exactTotalLimit,
    query: selectionQuery(search),
    sort: [{ [search.timeField ?? '@timestamp']: order }, { 'akashi.block': order }, { 'akashi.leaf': order }],
    ...(cursor === undefined ? {} : { search_after: cursor.after }),
    ...(cursor?.pointInTime === undefined ? {} : { pit: { id: cursor.pointInTime, keep_alive: pointInTimeKeepAlive } }),
  };
  const answer =
    cursor?.pointInTime === undefined
      ? await searchStream(stream, body, search.signal)
      : await searchPointInTime(stream, body, search.signal);
  const hits = readHits(answer);
  const items = hits.slice(0, limit);
  const last = items.at(-1);
  const hasMore = hits.length > limit && last !== undefined;
  const pointInTime = typeof answer['pit_id'] === 'string' ? answer['pit_id'] : cursor?.pointInTime;
  if (!hasMore && pointInTime !== undefined) await closeQuietly(stream, pointInTime);
  const total = readObject(readObject(answer['hits'])['total']);
  return {
    ok: true,
    items: showDocuments(items, search.scope),
    total: { value: readNumber(total['value']), relation: total['relation'] === 'gte' ? 'gte' : 'eq' },
    ...(hasMore
      ? { next: encodeCursor({ after: last.sort, ...(pointInTime === undefined ? {} : { pointInTime }) }, identity) }
      : {}),
    tookMs: readNumber(answer['took']),
  };
}

/** Everything that decides which events a listing holds and in what order. */
function queryIdentity(stream: TenantStream, search: EventSearch): unknown {
  return [
    stream.name,
    formatQuery(search.tree),
    selectionQuery(search),
    search.scope,
    search.timeField ?? '@timestamp',
    search.sort ?? 'newest',
  ];
}

function isGonePointInTime(error: unknown): boolean {
  if (!(error instanceof SearchFault)) return false;
  // An id that the server can't read comes from a cursor that was changed on its way.
  return error.status === 404 || (error.status === 400 && error.errorType === 'illegal_argument_exception');
}

/** The server closes a point in time by itself after its keep-alive; closing it early only frees it sooner. */
async function closeQuietly(stream: TenantStream, pointInTime: string): Promise<void> {
  try {
    await closePointInTime(stream, pointInTime);
  } catch (error) {
    if (!(error instanceof SearchFault)) throw error;
  }
}
