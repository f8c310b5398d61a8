import type { SearchFilter } from '@akashi/query';
import { eventIdIn } from './document-id.ts';
import { readRawHits, type RawHit } from './raw-hits.ts';
import { SearchFault } from './search-fault.ts';
import { inTenant } from './tenant-scope.ts';
import { closePointInTime, maxAnswerBytes, openPointInTime, type TenantStream } from './tenant-stream.ts';

/** A document exactly as the index holds it, with the place that it claims. */
export interface StoredBytes {
  /** Of the event, by the document's id. */
  readonly id: string;
  readonly segmentId: string;
  /** -1 for a document that claims none. */
  readonly position: number;
  readonly source: Buffer;
}

/** Documents of these segments; or of those behind `after`, up to `upTo` (by id): without them from the first, to the last. */
export type DocumentsWanted =
  | { readonly segmentIds: readonly string[] }
  | { readonly after?: string | undefined; readonly upTo?: string | undefined };

const pageSize = 4_000;
const keepAlive = '2m';

/** Pages of documents in the order of segment and position, at one point in time. Nothing in them is trusted or parsed. */
export async function* readBack(
  stream: TenantStream,
  wanted: DocumentsWanted,
): AsyncGenerator<readonly StoredBytes[], void, undefined> {
  const pointInTime = await openPointInTime(stream, keepAlive);
  try {
    let after: readonly (number | string)[] | undefined;
    for (let size = pageSize; ;) {
      const hits = await readPage(stream, { wanted, pointInTime, size, after });
      if (hits === 'too-large') {
        if (size === 1) throw new SearchFault('search-answer-too-large');
        size = Math.ceil(size / 8);
        continue;
      }
      yield hits.map((hit) => storedBytes(stream, hit));
      if (hits.length < size) return;
      after = hits.at(-1)?.sort;
    }
  } finally {
    await closePointInTime(stream, pointInTime);
  }
}

interface Page {
  readonly wanted: DocumentsWanted;
  readonly pointInTime: string;
  readonly size: number;
  readonly after: readonly (number | string)[] | undefined;
}

async function readPage(stream: TenantStream, page: Page): Promise<RawHit[] | 'too-large'> {
  const { wanted, pointInTime, size, after } = page;
  try {
    const answer = await stream.client.request({
      method: 'POST',
      path: '/_search',
      tenantId: stream.tenantId,
      query: { allow_partial_search_results: false },
      body: inTenant(stream.tenantId, {
        size,
        track_total_hits: false,
        query: wantedFilter(wanted),
        // Two documents that claim one position are both given.
        sort: [
          { 'akashi.segment': 'asc' },
          { 'akashi.position': { order: 'asc', missing: -1 } },
          { _shard_doc: 'asc' },
        ],
        pit: { id: pointInTime, keep_alive: keepAlive },
        ...(after === undefined ? {} : { search_after: after }),
      }),
      maxAnswerBytes,
      asBytes: true,
    });
    return readRawHits(answer as Buffer);
  } catch (error) {
    if (error instanceof SearchFault && error.code === 'search-answer-too-large') return 'too-large';
    throw error;
  }
}

function wantedFilter(wanted: DocumentsWanted): SearchFilter {
  if ('segmentIds' in wanted) return { terms: { 'akashi.segment': [...wanted.segmentIds] } };
  const { after, upTo } = wanted;
  const bounds = { ...(after === undefined ? {} : { gt: after }), ...(upTo === undefined ? {} : { lte: upTo }) };
  return Object.keys(bounds).length === 0
    ? { exists: { field: 'akashi.segment' } }
    : { range: { 'akashi.segment': bounds } };
}

function storedBytes({ tenantId }: TenantStream, hit: RawHit): StoredBytes {
  const [segmentId, position] = hit.sort;
  return {
    id: eventIdIn(tenantId, hit.id),
    segmentId: String(segmentId),
    position: typeof position === 'number' ? position : -1,
    source: hit.source,
  };
}
