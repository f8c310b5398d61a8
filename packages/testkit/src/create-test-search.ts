import { createSearch, type Search, type TenantSearch } from '@akashi/search';

export interface TestSearch {
  url: string;
  search: Search;
  /** The tenant's documents among those of other tests; `remove` takes them out. */
  streamOf(tenantId: string): TenantSearch;
  remove(): Promise<void>;
}

/** The real server with the product's templates and streams; tenants are random, so test files do not meet. */
export async function createTestSearch(serverUrl: string): Promise<TestSearch> {
  const search = createSearch({ url: serverUrl });
  const tenantIds = new Set<string>();
  await search.platform.prepare();
  return {
    url: serverUrl,
    search,
    streamOf: (tenantId) => {
      tenantIds.add(tenantId);
      return search.forTenant(tenantId);
    },
    remove: async () => {
      for (const tenantId of tenantIds) await search.forTenant(tenantId).removeAll();
      await search.close();
    },
  };
}
