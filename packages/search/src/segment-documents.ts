import { readHits, searchStream, type TenantStream } from './tenant-stream.ts';

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
