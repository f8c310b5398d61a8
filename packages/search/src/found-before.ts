import { splitBulkLines } from './bulk-items.ts';
import { segmentIn } from './document-id.ts';
import { readList, readObject } from './search-client.ts';
import { readPath, refreshStream, wholeAnswersOnly, type TenantStream } from './tenant-stream.ts';
import { inTenant } from './tenant-scope.ts';

/**
 * The items of a `_bulk` body whose documents no index of the tenant holds. The server compares ids within the index that is
 * written to alone: after a rollover it would create a document again that an older index holds, or one of another class.
 * Where no other index can hold documents of the period there is nothing to look up.
 */
export async function withoutFoundBefore(
  stream: TenantStream,
  body: Buffer,
  signal?: AbortSignal,
): Promise<{ rest: Buffer; found: number }> {
  const items = splitBulkLines(body);
  const [first] = items;
  if (first === undefined || !(await hasOtherIndices(stream, first.id))) return { rest: body, found: 0 };
  // What was written just before the rollover is looked up too.
  await refreshStream(stream);
  const answer = await stream.client.request({
    method: 'POST',
    path: `${readPath(stream)}/_search`,
    tenantId: stream.tenantId,
    query: wholeAnswersOnly,
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

async function hasOtherIndices({ client, tenantId, placement }: TenantStream, documentId: string): Promise<boolean> {
  const segmentId = segmentIn(tenantId, documentId);
  const answer = await client.request({ method: 'GET', path: `/_data_stream/${placement.all}` });
  const indices = readList(readObject(answer)['data_streams']).flatMap((value) => {
    const stream = readObject(value);
    return placement.mayHold(String(stream['name']), segmentId) ? readList(stream['indices']) : [];
  });
  return indices.length > 1;
}
