import { describe, expect, it } from 'vitest';
import type { SearchClient } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import { createSearchPlatform } from './search-platform.ts';

const placement = { prefix: 'p', largeTenants: new Set<string>() };

/** Answers as the server does while indices disappear under the request. */
function vanishing(times: number): { client: SearchClient; asked: () => number } {
  let asked = 0;
  const client = {
    request: ({ path }: { path: string }) => {
      if (path === '/_cat/plugins') return Promise.resolve([]);
      if (!path.endsWith('/_mapping')) return Promise.resolve({});
      asked += 1;
      return asked <= times ? Promise.reject(new SearchFault('search-refused', { status: 404 })) : Promise.resolve({});
    },
  } as unknown as SearchClient;
  return { client, asked: () => asked };
}

describe('installing templates', () => {
  it('goes on when a stream was deleted under it', async () => {
    const { client, asked } = vanishing(2);
    await createSearchPlatform(client, placement).prepare();
    expect(asked()).toBe(3);
  });

  it('ends when the server says so for ever', async () => {
    const { client } = vanishing(Number.POSITIVE_INFINITY);
    await expect(createSearchPlatform(client, placement).prepare()).rejects.toBeInstanceOf(SearchFault);
  });
});
