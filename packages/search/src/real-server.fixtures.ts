import { randomUUID } from 'node:crypto';
import { createSearch, type Search, type TenantSearch } from './create-search.ts';

/** Real OpenSearch for integration tests; nothing is faked. */
// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
export const serverUrl = process.env['OPENSEARCH_URL'] ?? 'http://127.0.0.1:9200';

export async function serverIsThere(): Promise<boolean> {
  const search = createSearch({ url: serverUrl });
  try {
    await search.platform.ping();
    return true;
  } catch {
    process.stderr.write('OpenSearch is not there (OPENSEARCH_URL): its integration tests are left out\n');
    return false;
  } finally {
    await search.close();
  }
}

export interface TestTenant {
  search: Search;
  tenant: TenantSearch;
  tenantId: string;
  remove(): Promise<void>;
}

export async function createTestTenant(): Promise<TestTenant> {
  const search = createSearch({ url: serverUrl, streamPrefix: 'test-search-events' });
  const tenantId = randomUUID();
  await search.platform.installTemplates();
  const tenant = search.forTenant(tenantId);
  await tenant.ensureStream();
  await tenant.ensureStream();
  return {
    search,
    tenant,
    tenantId,
    async remove() {
      await search.platform.deleteStream(tenantId);
      await search.close();
    },
  };
}

export type TestDocument = Readonly<Record<string, unknown>>;

export function bulkBody(documents: readonly TestDocument[]): Buffer {
  return Buffer.from(
    documents
      .map((document) => {
        const id = `${Number(document['akashi.block'])}-${Number(document['akashi.leaf'])}`;
        return `{"create":{"_id":"${id}"}}\n${JSON.stringify(document)}\n`;
      })
      .join(''),
  );
}

export function testDocument(block: number, leaf: number, rest: TestDocument = {}): TestDocument {
  const receivedAt = 1_790_000_000_000 + block * 1000 + leaf;
  return {
    '@timestamp': receivedAt,
    received_at: receivedAt,
    'log.group': 'web',
    'log.stream': 'host1',
    'akashi.block': block,
    'akashi.leaf': leaf,
    record: `event ${leaf} of block ${block}`,
    ...rest,
  };
}
