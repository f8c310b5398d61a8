import { splitBulkLines } from './bulk-items.ts';
import { readList, readObject } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import { readPath, refreshStream, type TenantStream } from './tenant-stream.ts';
import { inTenant } from './tenant-scope.ts';

/**
 * The items of a `_bulk` body whose documents no index of the tenant holds. The server compares ids within the index that is
 * written to alone: after a rollover it would create a document again that an older index holds. Where there is one index
 * there is nothing to look up.
 */
export async function withoutFoundBefore(
  stream: TenantStream,
  body: Buffer,
  signal?: AbortSignal,
): Promise<{ rest: Buffer; found: number }> {
  if (!(await hasOlderIndices(stream))) return { rest: body, found: 0 };
  // What was written just before the rollover is looked up too.
  await refreshStream(stream);
  const items = splitBulkLines(body);
  const answer = await stream.client.request({
    method: 'POST',
    path: `${readPath(stream)}/_search`,
    tenantId: stream.tenantId,
    query: { allow_partial_search_results: false },
    body: inTenant(stream.tenantId, {
      size: items.length,
      track_total_hits: false,
      query: { ids: { values: items.map(({ id }) => id) } },
      _source: false,
    }),
    ...(signal === undefined ? {} : { signal }),
  });
  const hits = readList(readObject(readObject(answer)['hits'])['hits']);
  const found = new Set(hits.map((hit) => String(readObject(hit)['_id'])));
  if (found.size === 0) return { rest: body, found: 0 };
  const missing = items.filter(({ id }) => !found.has(id));
  return { rest: Buffer.concat(missing.map(({ lines }) => lines)), found: items.length - missing.length };
}

async function hasOlderIndices({ client, placement }: TenantStream): Promise<boolean> {
  if (placement.read.length > 1) return true;
  try {
    const answer = await client.request({ method: 'GET', path: `/_data_stream/${placement.write}` });
    const [found] = readList(readObject(answer)['data_streams']);
    return readList(readObject(found)['indices']).length > 1;
  } catch (error) {
    if (error instanceof SearchFault && error.status === 404) return false;
    throw error;
  }
}
