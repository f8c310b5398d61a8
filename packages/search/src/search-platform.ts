import { eventMapping, eventTemplate, type IndexCodec } from './index-template.ts';
import { readList, readObject, type SearchClient } from './search-client.ts';
import { SearchFault } from './search-fault.ts';

/** Calls that concern the server and all tenants: for start-up, health checks and tests. */
export interface SearchPlatform {
  /** Name and version of the server; throws a retryable fault while it is away. */
  ping(signal?: AbortSignal): Promise<{ distribution: string; version: string }>;
  /** Whether every primary shard is there. */
  isReady(signal?: AbortSignal): Promise<boolean>;
  /** Installs or updates the index template, and gives streams that exist the fields that are new. */
  installTemplates(): Promise<{ codec: IndexCodec }>;
  /** Deletes a tenant's whole index. The archive stays the record; documents are made again from it. */
  deleteStream(tenantId: string): Promise<void>;
}

export interface StreamNames {
  prefix: string;
  ofTenant(tenantId: string): string;
}

export function createSearchPlatform(client: SearchClient, names: StreamNames): SearchPlatform {
  return {
    async ping(signal) {
      const answer = await client.request({
        method: 'GET',
        path: '/',
        timeoutMs: 5_000,
        ...(signal === undefined ? {} : { signal }),
      });
      const { distribution, number } = readObject(readObject(answer)['version']);
      return { distribution: readText(distribution), version: readText(number) };
    },

    async isReady(signal) {
      const request = {
        method: 'GET',
        path: '/_cluster/health',
        timeoutMs: 5_000,
        ...(signal === undefined ? {} : { signal }),
      } as const;
      const { status } = readObject(await client.request(request));
      return status === 'green' || status === 'yellow';
    },

    async installTemplates() {
      const [codec, nodes] = [await detectCodec(client), await countDataNodes(client)];
      const template = eventTemplate(names.prefix, { codec, replicas: nodes > 1 ? 1 : 0 });
      await client.request({ method: 'PUT', path: `/_index_template/${names.prefix}`, body: template });
      await updateMappings(client, names.prefix);
      return { codec };
    },

    async deleteStream(tenantId) {
      try {
        await client.request({ method: 'DELETE', path: `/_data_stream/${names.ofTenant(tenantId)}` });
      } catch (error) {
        if (!(error instanceof SearchFault) || error.status !== 404) throw error;
      }
    },
  };
}

/** How many streams may be deleted one after the other while the mapping of all of them is updated. */
const mostVanished = 20;

/** The server resolves the pattern first, and refuses with 404 when one of the indices is gone by the time it is their turn. */
async function updateMappings(client: SearchClient, prefix: string): Promise<void> {
  const request = {
    method: 'PUT',
    path: `/${prefix}-*/_mapping`,
    query: { ignore_unavailable: true, allow_no_indices: true },
    body: eventMapping(),
  } as const;
  for (let vanished = 0; ; vanished++) {
    try {
      await client.request(request);
      return;
    } catch (error) {
      if (!(error instanceof SearchFault) || error.status !== 404 || vanished >= mostVanished) throw error;
    }
  }
}

/** The codec comes with a plug-in that full distributions have. */
async function detectCodec(client: SearchClient): Promise<IndexCodec> {
  const plugins = readList(await client.request({ method: 'GET', path: '/_cat/plugins', query: { format: 'json' } }));
  const hasZstd = plugins.some((plugin) => readObject(plugin)['component'] === 'opensearch-custom-codecs');
  return hasZstd ? 'zstd_no_dict' : 'best_compression';
}

async function countDataNodes(client: SearchClient): Promise<number> {
  const health = readObject(await client.request({ method: 'GET', path: '/_cluster/health' }));
  return Number(health['number_of_data_nodes'] ?? 1);
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : 'unknown';
}
