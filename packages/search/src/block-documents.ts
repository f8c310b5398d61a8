import { readNumber, readObject } from './search-client.ts';
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

/** Documents of a block that searches see. */
export async function countBlock(stream: TenantStream, block: number): Promise<number> {
  const body = { query: { term: { 'akashi.block': { value: block } } } };
  const answer = await stream.client.request({ method: 'POST', path: `/${stream.name}/_count`, body });
  return readNumber(readObject(answer)['count']);
}

const mostUnplaced = 100;

/** Documents of blocks from `size` on, or of none at all (null): what no log of that size accounts for. At most 100. */
export async function listUnplaced(
  stream: TenantStream,
  size: number,
): Promise<{ id: string; block: number | null }[]> {
  const beyond = { range: { 'akashi.block': { gte: size } } };
  const nowhere = { bool: { must_not: [{ exists: { field: 'akashi.block' } }] } };
  const found = await searchStream(stream, {
    size: mostUnplaced,
    track_total_hits: false,
    query: { bool: { should: [beyond, nowhere], minimum_should_match: 1 } },
    _source: ['akashi.block'],
  });
  return readHits(found).map(({ id, document }) => {
    const block = document['akashi.block'];
    return { id, block: typeof block === 'number' ? block : null };
  });
}

/** All documents of a block in leaf order, at one point in time: for checking them against the archive. */
export async function* scanBlock(stream: TenantStream, block: number): AsyncGenerator<StoredDocument, void, undefined> {
  const pointInTime = await openPointInTime(stream, scanKeepAlive);
  try {
    let after: readonly (number | string)[] | undefined;
    for (;;) {
      const body = {
        size: scanPageSize,
        track_total_hits: false,
        query: { term: { 'akashi.block': { value: block } } },
        sort: [{ 'akashi.leaf': 'asc' }],
        pit: { id: pointInTime, keep_alive: scanKeepAlive },
        ...(after === undefined ? {} : { search_after: after }),
      };
      const hits = readHits(await searchPointInTime(stream, body));
      for (const { id, document } of hits) yield { id, document };
      if (hits.length < scanPageSize) return;
      after = hits.at(-1)?.sort;
    }
  } finally {
    await closePointInTime(stream, pointInTime);
  }
}
