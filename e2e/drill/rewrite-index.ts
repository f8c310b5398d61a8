import { ofTenant, sharedStream, streamOfIndex } from './oracle.ts';

export interface IndexedDocument {
  readonly _id: string;
  readonly _source: Record<string, unknown>;
}

/**
 * What an index administrator can do: read an organisation's documents, take them out, and write them back changed. Documents
 * of others are left as they are.
 */
export async function rewriteIndex(
  { opensearchUrl, tenantId }: { opensearchUrl: string; tenantId: string },
  change: (documents: IndexedDocument[]) => IndexedDocument[],
): Promise<void> {
  const found: (IndexedDocument & { readonly _index: string })[] = [];
  let after: unknown;
  do {
    const answer = await fetch(`${opensearchUrl}/${sharedStream}/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        size: 5_000,
        query: ofTenant(tenantId),
        sort: [{ 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }],
        ...(after === undefined ? {} : { search_after: after }),
      }),
    });
    const { hits } = (await answer.json()) as { hits: { hits: ((typeof found)[number] & { sort: unknown })[] } };
    found.push(...hits.hits);
    after = hits.hits.at(-1)?.sort;
  } while (after !== undefined);
  const changed = change(found.map(({ _id, _source }) => ({ _id, _source })));
  const removals = found.map(({ _index, _id }) => `${JSON.stringify({ delete: { _index, _id } })}\n`);
  const indices = new Map(found.map(({ _id, _index }) => [_id, _index]));
  const creations = changed.map(({ _id, _source }) => {
    // One that was not there goes where the others are.
    const _index = streamOfIndex(indices.get(_id) ?? found[0]?._index ?? '');
    return `${JSON.stringify({ create: { _index, _id } })}\n${JSON.stringify(_source)}\n`;
  });
  for (const lines of [removals, creations]) {
    for (let start = 0; start < lines.length; start += 2_000) {
      await fetch(`${opensearchUrl}/_bulk?refresh=true`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: lines.slice(start, start + 2_000).join(''),
      });
    }
  }
}
