export interface IndexedDocument {
  readonly _id: string;
  readonly _source: Record<string, unknown>;
}

/** What an index administrator can do: read everything, drop the stream, and write it back changed. */
export async function rewriteIndex(
  { opensearchUrl, tenantId }: { opensearchUrl: string; tenantId: string },
  change: (documents: IndexedDocument[]) => IndexedDocument[],
): Promise<void> {
  const stream = `${opensearchUrl}/akashi-events-${tenantId}`;
  const documents: IndexedDocument[] = [];
  let after: unknown;
  do {
    const answer = await fetch(`${stream}/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        size: 5_000,
        sort: [{ 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }],
        ...(after === undefined ? {} : { search_after: after }),
      }),
    });
    const { hits } = (await answer.json()) as { hits: { hits: (IndexedDocument & { sort: unknown })[] } };
    documents.push(...hits.hits);
    after = hits.hits.at(-1)?.sort;
  } while (after !== undefined);
  const changed = change(documents);
  await fetch(`${opensearchUrl}/_data_stream/akashi-events-${tenantId}`, { method: 'DELETE' });
  await fetch(`${opensearchUrl}/_data_stream/akashi-events-${tenantId}`, { method: 'PUT' });
  for (let start = 0; start < changed.length; start += 2_000) {
    const lines = changed
      .slice(start, start + 2_000)
      .map(({ _id, _source }) => `{"create":{"_id":"${_id}"}}\n${JSON.stringify(_source)}\n`);
    await fetch(`${stream}/_bulk?refresh=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.join(''),
    });
  }
}
