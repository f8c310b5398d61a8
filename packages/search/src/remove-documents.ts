import type { SearchFilter } from '@akashi/query';
import { expungeSetting } from './allowed-requests.ts';
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

/** A merge of large files takes minutes. */
const expungeWithinMs = 600_000;

/**
 * Merges the files that hold documents which were taken out, however few of them, so that nothing of these is on the disk any more.
 * Streams are shared: those of others lose nothing by it.
 */
export async function expungeRemoved({ client, placement }: TenantStream): Promise<void> {
  const path = `/${placement.read.join(',')}`;
  const query = { ignore_unavailable: 'true', allow_no_indices: 'true' };
  await client.request({ method: 'POST', path: `${path}/_flush`, query });
  const setting = (allowed: string | null) =>
    client.request({
      method: 'PUT',
      path: `${path}/_settings`,
      query,
      body: { [expungeSetting]: allowed },
    });
  await setting('0');
  try {
    const expunge = { ...query, only_expunge_deletes: 'true' };
    await client.request({ method: 'POST', path: `${path}/_forcemerge`, query: expunge, timeoutMs: expungeWithinMs });
  } finally {
    await setting(null);
  }
  await client.request({ method: 'POST', path: `${path}/_flush`, query });
}
