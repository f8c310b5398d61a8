import { formatQuery, type QueryTree, type SearchFilter } from '@akashi/query';
import { allOf, placeFilters, selectionQuery, showDocuments, type EventSelection } from './event-selection.ts';
import { decodeCursor, encodeCursor, type DecodedCursor, type SearchCursor } from './search-cursor.ts';
import { documentsWithin } from './page-bytes.ts';
import { readNumber, readObject } from './search-client.ts';
import { readHits, searchDocuments, searchStream, type StoredDocument, type TenantStream } from './tenant-stream.ts';

export interface EventSearch extends EventSelection {
  /** `newest` first is the default. */
  sort?: 'newest' | 'oldest';
  limit?: number;
  cursor?: string;
  /**
   * The query as it was asked, for one whose `tree` depends on what is learned meanwhile: its pages go on with the tree of their
   * own time.
   */
  asked?: QueryTree;
}

export interface EventPage {
  ok: true;
  items: readonly StoredDocument[];
  /** Exact up to `exactTotalLimit`, then a lower bound. */
  total: { value: number; relation: 'eq' | 'gte' };
  next?: string;
  tookMs: number;
}

export type SearchOutcome = EventPage | Extract<DecodedCursor, { ok: false }>;

export const exactTotalLimit = 100_000;
export const maxPageSize = 1_000;
const defaultPageSize = 100;

/**
 * A page of events. Nothing is held on the server between pages: documents never change and their order is whole, so each
 * page goes on behind the last event of the one before. What was received after the first page is left out of the others, so
 * that a listing ends and holds each event once, whatever comes in meanwhile. A page has fewer events than `limit` where
 * their texts are long; `next` tells whether there are more.
 */
export async function searchEvents(stream: TenantStream, search: EventSearch): Promise<SearchOutcome> {
  const limit = Math.min(Math.max(search.limit ?? defaultPageSize, 1), maxPageSize);
  const identity = queryIdentity(stream, search);
  if (search.cursor === undefined) return readPage(stream, search, { limit, identity });
  const decoded = decodeCursor(search.cursor, identity);
  if (!decoded.ok) return decoded;
  return readPage(stream, search, { limit, identity, cursor: decoded.cursor });
}

async function readPage(
  stream: TenantStream,
  search: EventSearch,
  page: { limit: number; identity: unknown; cursor?: SearchCursor },
): Promise<EventPage> {
  const { limit, identity, cursor } = page;
  const order = search.sort === 'oldest' ? 'asc' : 'desc';
  const query = selectionQuery(search);
  const body = {
    // One more than asked for tells whether there is a next page.
    size: limit + 1,
    track_total_hits: exactTotalLimit,
    query: cursor === undefined ? query : allOf([receivedBy(cursor.receivedUntil), query]),
    sort: [{ [search.timeField ?? '@timestamp']: order }, { 'akashi.segment': order }, { 'akashi.position': order }],
    ...(cursor === undefined ? {} : { search_after: cursor.after }),
  };
  const { answer, size } = await searchDocuments(stream, body, search.signal);
  const hits = readHits(stream, answer);
  const total = readObject(readObject(answer['hits'])['total']);
  const items = documentsWithin(hits.slice(0, limit));
  const last = items.at(-1);
  const hasMore = last !== undefined && (hits.length === size || hits.length > items.length);
  const receivedUntil = async (): Promise<number> => cursor?.receivedUntil ?? latestReceived(stream, search.signal);
  return {
    ok: true,
    items: showDocuments(items, search.scope),
    total: { value: readNumber(total['value']), relation: total['relation'] === 'gte' ? 'gte' : 'eq' },
    ...(hasMore ? { next: encodeCursor({ after: last.sort, receivedUntil: await receivedUntil() }, identity) } : {}),
    tookMs: readNumber(answer['took']),
  };
}

function receivedBy(receivedUntil: number): SearchFilter {
  return { range: { received_at: { lte: receivedUntil, format: 'epoch_millis' } } };
}

/** When the newest event that can be found was received, in epoch milliseconds. The server reads it off the edge of its index. */
async function latestReceived(stream: TenantStream, signal?: AbortSignal): Promise<number> {
  const body = { size: 0, track_total_hits: false, aggs: { latest: { max: { field: 'received_at' } } } };
  const { latest } = readObject((await searchStream(stream, body, signal))['aggregations']);
  return Math.ceil(readNumber(readObject(latest)['value']));
}

/** Everything that decides which events a listing holds and in what order. */
function queryIdentity(stream: TenantStream, search: EventSearch): unknown {
  return [
    stream.tenantId,
    formatQuery(search.asked ?? search.tree),
    search.asked === undefined ? selectionQuery(search) : placeFilters(search),
    search.scope,
    search.timeField ?? '@timestamp',
    search.sort ?? 'newest',
    ...(stream.restored === undefined || stream.restored.length === 0 ? [] : ['restored']),
  ];
}
