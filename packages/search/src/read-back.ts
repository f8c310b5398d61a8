import type { SearchFilter } from '@akashi/query';
import { eventIdIn } from './document-id.ts';
import { pageInTime, tooLarge } from './page-in-time.ts';
import { readRawHits, type RawHit } from './raw-hits.ts';
import { SearchFault } from './search-fault.ts';
import { closePointInTime, openPointInTime, type TenantStream } from './tenant-stream.ts';

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
/** Two documents that claim one position are both given. */
const sort = [{ 'akashi.segment': 'asc' }, { 'akashi.position': { order: 'asc', missing: -1 } }, { _shard_doc: 'asc' }];

/** Pages of documents in the order of segment and position, at one point in time. Nothing in them is trusted or parsed. */
export async function* readBack(
  stream: TenantStream,
  wanted: DocumentsWanted,
): AsyncGenerator<readonly StoredBytes[], void, undefined> {
  const pointInTime = await openPointInTime(stream, keepAlive);
  if (pointInTime === undefined) return;
  const query = wantedFilter(wanted);
  try {
    let after: readonly (number | string)[] | undefined;
    for (let size = pageSize; ;) {
      const answer = await pageInTime(stream, { pointInTime, keepAlive, query, sort, size, after, asBytes: true });
      if (answer === tooLarge) {
        if (size === 1) throw new SearchFault('search-answer-too-large');
        size = Math.ceil(size / 8);
        continue;
      }
      const hits = readRawHits(answer as Buffer);
      yield hits.map((hit) => storedBytes(stream, hit));
      if (hits.length < size) return;
      after = hits.at(-1)?.sort;
    }
  } finally {
    await closePointInTime(stream, pointInTime);
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
