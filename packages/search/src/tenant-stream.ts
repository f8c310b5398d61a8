import { expandDocument } from '@akashi/log-event';
import { eventIdIn } from './document-id.ts';
import type { Placement } from './placement.ts';
import { eachOnce, type PlacedSet } from './restored-sets.ts';
import { readList, readObject, type SearchClient, type SearchRequest } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import type { StreamMaker } from './stream-maker.ts';
import { inTenant } from './tenant-scope.ts';

type Json = Readonly<Record<string, unknown>>;

/** One tenant's documents among those of others: the only place that names an index, so that no call can leave its tenant. */
export interface TenantStream {
  client: SearchClient;
  tenantId: string;
  placement: Placement;
  streams: StreamMaker;
  /** Restored sets that are read beside it, each event once. */
  restored?: readonly PlacedSet[];
}

export interface StoredDocument {
  /** The event's. */
  id: string;
  document: Json;
  /** Found in a restored set. */
  restored?: true;
}

export interface FoundHit extends StoredDocument {
  sort: readonly (number | string)[];
}

/** A shard that fails makes the search fail: fewer events must never look like all events. */
export const wholeAnswersOnly = { allow_partial_search_results: false } as const;

/** Documents of one answer, at most: what a process holds of it. One document with its fields takes less in any case. */
export const maxAnswerBytes = 16 * 1024 * 1024;

/** Where a tenant's documents are read, as a path begins. */
export function readPath({ placement, restored = [] }: TenantStream): string {
  return `/${[...placement.read, ...restored.map(({ stream }) => stream)].join(',')}`;
}

/** A search bounded to the tenant, in which no event is found twice. */
export function boundedBody(
  { tenantId, restored = [] }: Pick<TenantStream, 'tenantId' | 'restored'>,
  body: Json,
): Json {
  if (restored.length === 0) return inTenant(tenantId, body);
  const asked = body['query'] ?? { match_all: {} };
  return inTenant(tenantId, { ...body, query: { bool: { filter: [eachOnce(restored), asked] } } });
}

/**
 * The hits of a search for documents, fewer than were asked for where their texts are long: at least one of those that there
 * are, and as many as one bounded answer holds.
 */
export async function searchDocuments(
  stream: TenantStream,
  body: SizedBody,
  signal?: AbortSignal,
): Promise<SizedAnswer> {
  for (let { size } = body; ; size = Math.ceil(size / 8)) {
    try {
      const answer = await askWhole(stream, {
        method: 'POST',
        path: `${readPath(stream)}/_search`,
        tenantId: stream.tenantId,
        query: wholeAnswersOnly,
        body: boundedBody(stream, { ...body, size }),
        maxAnswerBytes,
        ...(signal === undefined ? {} : { signal }),
      });
      return { answer: readObject(answer), size };
    } catch (error) {
      if (!(error instanceof SearchFault) || error.code !== 'search-answer-too-large' || size <= 1) throw error;
    }
  }
}

export type SizedBody = Json & { readonly size: number };

/** An answer, and how many hits it was asked for in the end. */
export interface SizedAnswer {
  readonly answer: Json;
  readonly size: number;
}

/**
 * A tenant that has sent nothing has no stream, which is an empty answer. A restored set that has none was lost, or removed just
 * now: what is online must not look like nothing because of it.
 */
export async function askWhole(stream: TenantStream, request: SearchRequest): Promise<unknown> {
  try {
    return await stream.client.request(request);
  } catch (error) {
    const isMissing = error instanceof SearchFault && error.status === 404;
    if (isMissing && (stream.restored ?? []).length > 0) throw new SearchFault('search-unavailable');
    throw error;
  }
}

export async function searchStream(stream: TenantStream, body: Json, signal?: AbortSignal): Promise<Json> {
  const answer = await askWhole(stream, {
    method: 'POST',
    path: `${readPath(stream)}/_search`,
    tenantId: stream.tenantId,
    query: wholeAnswersOnly,
    body: boundedBody(stream, body),
    ...(signal === undefined ? {} : { signal }),
  });
  return readObject(answer);
}

/** Undefined where there is no stream yet: the server holds no point in time of nothing. */
export async function openPointInTime(stream: TenantStream, keepAlive: string): Promise<string | undefined> {
  const path = `${readPath(stream)}/_search/point_in_time`;
  try {
    const answer = await askWhole(stream, { method: 'POST', path, query: { keep_alive: keepAlive } });
    return String(readObject(answer)['pit_id']);
  } catch (error) {
    if (error instanceof SearchFault && error.status === 400 && (await hasNoShards(stream))) return undefined;
    throw error;
  }
}

async function hasNoShards(stream: TenantStream): Promise<boolean> {
  const { _shards: shards } = await searchStream(stream, { size: 0, track_total_hits: false });
  return readObject(shards)['total'] === 0;
}

export async function closePointInTime(stream: TenantStream, id: string): Promise<void> {
  await stream.client.request({ method: 'DELETE', path: '/_search/point_in_time', body: { pit_id: [id] } });
}

export async function refreshStream(stream: TenantStream): Promise<void> {
  await stream.client.request({ method: 'POST', path: `${readPath(stream)}/_refresh` });
}

export function readHits(
  { tenantId, restored = [] }: Pick<TenantStream, 'tenantId' | 'restored'>,
  answer: Json,
): FoundHit[] {
  const sets = new Set(restored.map(({ index }) => index));
  return readList(readObject(answer['hits'])['hits']).map((value) => {
    const hit = readObject(value);
    const sort = readList(hit['sort']).filter((part) => typeof part === 'number' || typeof part === 'string');
    const document = expandDocument(readObject(hit['_source']));
    const mark = sets.has(String(hit['_index'])) ? ({ restored: true } as const) : {};
    return { id: eventIdIn(tenantId, String(hit['_id'])), document, sort, ...mark };
  });
}
