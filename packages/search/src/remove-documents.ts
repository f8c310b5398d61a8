import type { SearchFilter } from '@akashi/query';
import { readList, readObject } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import { refreshStream, searchStream, type TenantStream } from './tenant-stream.ts';

const pageSize = 5_000;

/**
 * Takes a tenant's documents out of the index, those of some segments or all, so that they can be made again from the archive.
 * The archive is the record: nothing is lost. Answers how many there were.
 */
export async function removeDocuments(stream: TenantStream, segmentIds?: readonly string[]): Promise<number> {
  const query: SearchFilter =
    segmentIds === undefined ? { match_all: {} } : { terms: { 'akashi.segment': [...segmentIds] } };
  for (let removed = 0; ;) {
    await refreshStream(stream);
    const answer = await searchStream(stream, { size: pageSize, track_total_hits: false, query, _source: false });
    const hits = readList(readObject(answer['hits'])['hits']).map((hit) => {
      const { _index, _id } = readObject(hit);
      return `${JSON.stringify({ delete: { _index, _id } })}\n`;
    });
    if (hits.length === 0) return removed;
    const lines = Buffer.from(hits.join(''));
    const { errors } = readObject(await stream.client.request({ method: 'POST', path: '/_bulk', lines }));
    if (errors !== false) throw new SearchFault('search-unavailable');
    removed += hits.length;
  }
}
