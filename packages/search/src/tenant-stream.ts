import type { SearchFilter } from '@akashi/query';
import { eventIdIn } from './document-id.ts';
import { readList, readObject, type SearchClient } from './search-client.ts';
import { SearchFault } from './search-fault.ts';

type Json = Readonly<Record<string, unknown>>;

/** One tenant's data stream: the only place that names an index, so no call can leave its tenant. */
export interface TenantStream {
  client: SearchClient;
  name: string;
  tenantId: string;
}

export interface StoredDocument {
  /** The event's. */
  id: string;
  document: Json;
}

export interface FoundHit extends StoredDocument {
  sort: readonly (number | string)[];
}

/** A shard that fails makes the search fail: fewer events must never look like all events. */
const wholeAnswersOnly = { allow_partial_search_results: false } as const;

/** Documents of one answer, at most: what a process holds of it. One document with its fields takes less in any case. */
export const maxAnswerBytes = 16 * 1024 * 1024;

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
      const answer = await stream.client.request({
        method: 'POST',
        path: `/${stream.name}/_search`,
        query: wholeAnswersOnly,
        body: { ...body, size },
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

export async function searchStream(stream: TenantStream, body: Json, signal?: AbortSignal): Promise<Json> {
  const answer = await stream.client.request({
    method: 'POST',
    path: `/${stream.name}/_search`,
    query: wholeAnswersOnly,
    body,
    ...(signal === undefined ? {} : { signal }),
  });
  return readObject(answer);
}

/** A search in a point in time; one that the server knows nothing of any more is a fault with status 404. */
export async function searchPointInTime(stream: TenantStream, body: Json, signal?: AbortSignal): Promise<Json> {
  const answer = readObject(
    await stream.client.request({
      method: 'POST',
      path: '/_search',
      query: wholeAnswersOnly,
      body: { ...body, query: { bool: { filter: [ownIndicesOnly(stream), body['query']] } } },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
  if (readObject(answer['_shards'])['total'] === 0) throw new SearchFault('search-refused', { status: 404 });
  return answer;
}

/** Keeps a point in time, which names no index, inside the tenant's stream whatever its id says. */
export function ownIndicesOnly(stream: TenantStream): SearchFilter {
  return { prefix: { _index: { value: `.ds-${stream.name}-` } } };
}

export async function openPointInTime(stream: TenantStream, keepAlive: string): Promise<string> {
  const path = `/${stream.name}/_search/point_in_time`;
  const answer = await stream.client.request({ method: 'POST', path, query: { keep_alive: keepAlive } });
  return String(readObject(answer)['pit_id']);
}

export async function closePointInTime(stream: TenantStream, id: string): Promise<void> {
  await stream.client.request({ method: 'DELETE', path: '/_search/point_in_time', body: { pit_id: [id] } });
}

export function readHits({ tenantId }: Pick<TenantStream, 'tenantId'>, answer: Json): FoundHit[] {
  return readList(readObject(answer['hits'])['hits']).map((value) => {
    const hit = readObject(value);
    const sort = readList(hit['sort']).filter((part) => typeof part === 'number' || typeof part === 'string');
    return { id: eventIdIn(tenantId, String(hit['_id'])), document: readObject(hit['_source']), sort };
  });
}
