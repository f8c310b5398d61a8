import { createSearch, type Search, type TenantSearch } from '@akashi/search';

export interface TestSearch {
  url: string;
  search: Search;
  /** The tenant's data stream, made now and removed by `remove`. */
  streamOf(tenantId: string): Promise<TenantSearch>;
  remove(): Promise<void>;
}

/** The real server with the product's templates; streams belong to random tenants, so test files do not meet. */
export async function createTestSearch(serverUrl: string): Promise<TestSearch> {
  const search = createSearch({ url: serverUrl });
  const tenantIds = new Set<string>();
  await search.platform.installTemplates();
  return {
    url: serverUrl,
    search,
    streamOf: async (tenantId) => {
      const stream = search.forTenant(tenantId);
      await stream.ensureStream();
      tenantIds.add(tenantId);
      return stream;
    },
    remove: async () => {
      for (const tenantId of tenantIds) await search.platform.deleteStream(tenantId);
      await search.close();
    },
  };
}
