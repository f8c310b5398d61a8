import { receivedSpanBody } from './allowed-requests.ts';
import { isOver, isPastOnline, shouldRollOver, type BackingIndex, type ReceivedSpan } from './index-age.ts';
import { eventMapping, eventTemplate, type IndexCodec } from './index-template.ts';
import { isFormerStream, placeOfStream, type PlacementSettings, type StreamPlace } from './placement.ts';
import { readList, readNumber, readObject, type SearchClient } from './search-client.ts';
import { restoredSetOf } from './restored-sets.ts';
import { SearchFault } from './search-fault.ts';

/** Calls that concern the server and all tenants: for start-up, health checks and the keeping of indices. */
export interface SearchPlatform {
  /** Name and version of the server; throws a retryable fault while it is away. */
  ping(signal?: AbortSignal): Promise<{ distribution: string; version: string }>;
  /** Whether every primary shard is there. */
  isReady(signal?: AbortSignal): Promise<boolean>;
  /** Installs or updates the index template, and gives streams that exist the fields that are new. */
  prepare(): Promise<{ codec: IndexCodec }>;
  /** Rolls streams over by size, and removes indices whose newest record is past its days online. */
  keepIndices(now: Date, options?: KeepingOptions): Promise<KeptIndices>;
  /** The streams that there are: what is in none of them is online no more. */
  listPlaces(): Promise<StreamPlace[]>;
  /** The restored sets that have a stream. */
  listRestoredSets(): Promise<{ tenantId: string; id: string }[]>;
  /** Removes the streams that earlier versions made for each tenant. Answers how many there were. */
  removeFormerStreams(): Promise<number>;
}

export interface KeepingOptions {
  /** Nothing is removed: documents are to be made again for longer, and stay until they are. */
  readonly removesNothing?: boolean;
}

export interface KeptIndices {
  /** Streams that got a new index. */
  readonly rolledOver: readonly string[];
  readonly removed: readonly string[];
}

export function createSearchPlatform(client: SearchClient, placement: PlacementSettings): SearchPlatform {
  const { prefix } = placement;
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

    async prepare() {
      const [codec, nodes] = [await detectCodec(client), await countDataNodes(client)];
      const template = eventTemplate(prefix, { codec, replicas: nodes > 1 ? 1 : 0 });
      await client.request({ method: 'PUT', path: `/_index_template/${prefix}`, body: template });
      await updateMappings(client, prefix);
      return { codec };
    },

    async keepIndices(now, { removesNothing = false } = {}) {
      const kept = { rolledOver: [] as string[], removed: [] as string[] };
      for (const stream of await listStreams(client, prefix)) {
        const place = placeOfStream(prefix, stream.name);
        if (place === undefined) continue;
        const indices: BackingIndex[] = [];
        for (const index of stream.indices) indices.push(await describeIndex(client, stream.name, index));
        const current = indices.at(-1);
        if (current !== undefined && shouldRollOver(current)) {
          await client.request({ method: 'POST', path: `/${stream.name}/_rollover` });
          kept.rolledOver.push(stream.name);
        }
        const past = indices.filter((index) => isPastOnline(index, place, now.getTime()));
        if (removesNothing || past.length === 0) continue;
        // What is written to goes with its stream, when nothing more comes to it.
        const isWhole = past.length === indices.length && isOver(place, now.getTime());
        if (isWhole) await client.request({ method: 'DELETE', path: `/_data_stream/${stream.name}` });
        for (const { name } of isWhole ? indices : past.filter((index) => index !== current)) {
          if (!isWhole) await client.request({ method: 'DELETE', path: `/${name}` });
          kept.removed.push(name);
        }
      }
      return kept;
    },

    async listPlaces() {
      const streams = await listStreams(client, prefix);
      return streams.flatMap(({ name }) => placeOfStream(prefix, name) ?? []);
    },

    async listRestoredSets() {
      const streams = await listStreams(client, `${prefix}-restored`);
      return streams.flatMap(({ name }) => restoredSetOf({ prefix }, name) ?? []);
    },

    async removeFormerStreams() {
      const former = (await listStreams(client, prefix)).filter(({ name }) => isFormerStream(prefix, name));
      for (const { name } of former) await client.request({ method: 'DELETE', path: `/_data_stream/${name}` });
      return former.length;
    },
  };
}

/** Streams with their indices, oldest first: the last is written to. */
async function listStreams(client: SearchClient, prefix: string): Promise<{ name: string; indices: string[] }[]> {
  const answer = readObject(await client.request({ method: 'GET', path: `/_data_stream/${prefix}-*` }));
  return readList(answer['data_streams']).map((value) => {
    const stream = readObject(value);
    const indices = readList(stream['indices']).map((index) => readText(readObject(index)['index_name']));
    return { name: readText(stream['name']), indices };
  });
}

async function describeIndex(client: SearchClient, stream: string, name: string): Promise<BackingIndex> {
  const stats = readObject(await client.request({ method: 'GET', path: `/${stream}/_stats/store,docs` }));
  const { primaries } = readObject(readObject(stats['indices'])[name]);
  const bytes = readNumber(readObject(readObject(primaries)['store'])['size_in_bytes']);
  return { name, bytes, received: await receivedSpan(client, name) };
}

async function receivedSpan(client: SearchClient, index: string): Promise<ReceivedSpan> {
  // A record that was taken in just now keeps its index, whether searches see it yet or not.
  await client.request({ method: 'POST', path: `/${index}/_refresh` });
  const answer = await client.request({ method: 'POST', path: `/${index}/_search`, body: receivedSpanBody });
  const { oldest, newest } = readObject(readObject(answer)['aggregations']);
  const [from, to] = [readObject(oldest)['value'], readObject(newest)['value']];
  return typeof from === 'number' && typeof to === 'number' ? { oldest: from, newest: to } : null;
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
