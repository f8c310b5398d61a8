import { randomUUID } from 'node:crypto';
import { eventIdOf, tenantField } from '@akashi/log-event';
import { createSearch, type Search, type TenantSearch } from './create-search.ts';
import { documentIdPrefix } from './document-id.ts';
import type { SearchClient } from './search-client.ts';
import type { TenantStream } from './tenant-stream.ts';

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

/** What the tests without a server write for. */
export const testTenantId = '11111111-1111-4111-8111-111111111111';

/** A tenant's documents in one stream of a server that the test plays. */
export function testStream(client: SearchClient, name = 's'): TenantStream {
  const placement = { streamOf: () => name, read: [name], all: name, mayHold: () => true };
  const streams = { ensure: () => Promise.resolve(), forget: () => undefined };
  return { client, tenantId: testTenantId, placement, streams };
}

/** The id of the n-th landing segment of a test. */
export function testSegment(n: number): string {
  return `0199ddc0-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

export function testEventId(segment: number, position: number): string {
  return eventIdOf({ segmentId: testSegment(segment), position });
}

export interface TestTenant {
  search: Search;
  tenant: TenantSearch;
  tenantId: string;
  /** A `_bulk` body of this tenant's documents. */
  body(documents: readonly TestDocument[]): Buffer;
  remove(): Promise<void>;
}

/** A tenant among those of other tests, in streams of their own when the prefix is. */
export async function createTestTenant(streamPrefix = 'test-search-events'): Promise<TestTenant> {
  const search = createSearch({ url: serverUrl, streamPrefix });
  const tenantId = randomUUID();
  await search.platform.prepare();
  const tenant = search.forTenant(tenantId);
  return {
    search,
    tenant,
    tenantId,
    body: (documents) => bulkBody(documents, tenantId),
    async remove() {
      await tenant.removeAll();
      await search.close();
    },
  };
}

export type TestDocument = Readonly<Record<string, unknown>>;

export function bulkBody(documents: readonly TestDocument[], tenantId = testTenantId): Buffer {
  return Buffer.from(
    documents
      .map((document) => {
        const prefix = documentIdPrefix(tenantId, String(document['akashi.segment']));
        const id = prefix + String(document['akashi.position']);
        return `{"create":{"_id":"${id}"}}\n${JSON.stringify({ ...document, [tenantField]: tenantId })}\n`;
      })
      .join(''),
  );
}

/** The document of a record of the n-th segment. */
export function testDocument(segment: number, position: number, rest: TestDocument = {}): TestDocument {
  const receivedAt = 1_790_000_000_000 + segment * 1000 + position;
  return {
    '@timestamp': receivedAt,
    received_at: receivedAt,
    'log.group': 'web',
    'log.stream': 'host1',
    'akashi.segment': testSegment(segment),
    'akashi.position': position,
    record: `event ${position} of segment ${segment}`,
    ...rest,
  };
}
