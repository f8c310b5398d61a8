import { readList, readNumber, readObject } from './search-client.ts';
import {
  closePointInTime,
  openPointInTime,
  readHits,
  searchPointInTime,
  searchStream,
  type StoredDocument,
  type TenantStream,
} from './tenant-stream.ts';

const scanPageSize = 2_000;
const scanKeepAlive = '2m';

/** Documents of a landing segment that searches see. */
export async function countSegment(stream: TenantStream, segmentId: string): Promise<number> {
  const query = { term: { 'akashi.segment': { value: segmentId } } };
  const answer = await searchStream(stream, { size: 0, track_total_hits: true, query });
  return readNumber(readObject(readObject(answer['hits'])['total'])['value']);
}

export interface SegmentPage {
  /** In the order of their ids. */
  readonly segments: readonly { readonly segmentId: string; readonly documents: number }[];
  /** Where the next page begins; undefined after the last. */
  readonly next?: string;
}

const segmentPageSize = 1_000;

/** The segments of which searches see documents, a page of them behind `after`. */
export async function listSegments(stream: TenantStream, after?: string): Promise<SegmentPage> {
  const sources = [{ segment: { terms: { field: 'akashi.segment' } } }];
  const from = after === undefined ? {} : { after: { segment: after } };
  const answer = await searchStream(stream, {
    size: 0,
    track_total_hits: false,
    query: { match_all: {} },
    aggs: { segments: { composite: { size: segmentPageSize, sources, ...from } } },
  });
  const found = readObject(readObject(answer['aggregations'])['segments']);
  const segments = readList(found['buckets']).map((value) => {
    const bucket = readObject(value);
    return { segmentId: String(readObject(bucket['key'])['segment']), documents: readNumber(bucket['doc_count']) };
  });
  const last = segments.at(-1)?.segmentId;
  return { segments, ...(segments.length < segmentPageSize || last === undefined ? {} : { next: last }) };
}

const mostWithoutSegment = 100;

/** Ids of documents that name no segment: nothing of the product writes one. At most 100. */
export async function listWithoutSegment(stream: TenantStream): Promise<string[]> {
  const found = await searchStream(stream, {
    size: mostWithoutSegment,
    track_total_hits: false,
    query: { bool: { must_not: [{ exists: { field: 'akashi.segment' } }] } },
    _source: false,
  });
  return readHits(stream, found).map(({ id }) => id);
}

/** All documents of a segment in the order of their positions, at one point in time: for checking them against the archive. */
export async function* scanSegment(
  stream: TenantStream,
  segmentId: string,
): AsyncGenerator<StoredDocument, void, undefined> {
  const pointInTime = await openPointInTime(stream, scanKeepAlive);
  try {
    let after: readonly (number | string)[] | undefined;
    for (;;) {
      const body = {
        size: scanPageSize,
        track_total_hits: false,
        query: { term: { 'akashi.segment': { value: segmentId } } },
        // Two documents that claim one position are both given.
        sort: [{ 'akashi.position': 'asc' }, { _shard_doc: 'asc' }],
        pit: { id: pointInTime, keep_alive: scanKeepAlive },
        ...(after === undefined ? {} : { search_after: after }),
      };
      const hits = readHits(stream, await searchPointInTime(stream, body));
      for (const { id, document } of hits) yield { id, document };
      if (hits.length < scanPageSize) return;
      after = hits.at(-1)?.sort;
    }
  } finally {
    await closePointInTime(stream, pointInTime);
  }
}
