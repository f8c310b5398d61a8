import { randomUUID } from 'node:crypto';
import { inLanes, send } from './bench-http.ts';
import type { BenchInstallation, BenchTenant } from './bench-installation.ts';

const documentsPerBody = 5_000;
const bodiesInFlight = 3;
const page = 10_000;

interface Hit {
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
  readonly sort: readonly unknown[];
}

/** Every document of a log group of one organisation as it stands in the index, written into `_bulk` bodies with its own id. */
export async function readBulkBodies(
  installation: BenchInstallation,
  tenant: Pick<BenchTenant, 'id' | 'stream'>,
  logGroup: string,
): Promise<Buffer[]> {
  const bodies: Buffer[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) bodies.push(Buffer.from(lines.join('')));
    lines = [];
  };
  let after: readonly unknown[] | undefined;
  for (;;) {
    const body = {
      size: page,
      track_total_hits: false,
      query: { bool: { filter: [{ term: { 'akashi.tenant': tenant.id } }, { term: { 'log.group': logGroup } }] } },
      sort: [{ 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }],
      ...(after === undefined ? {} : { search_after: after }),
    };
    const answer = await installation.opensearch('POST', `/${tenant.stream}/_search`, JSON.stringify(body));
    const { hits } = (answer as { hits: { hits: Hit[] } }).hits;
    for (const { _id, _source } of hits) {
      lines.push(`{"create":{"_id":"${_id}"}}\n${JSON.stringify(_source)}\n`);
      if (lines.length === documentsPerBody) flush();
    }
    after = hits.at(-1)?.sort;
    if (hits.length < page || after === undefined) break;
  }
  flush();
  return bodies;
}

/** Posts bodies as the shortest script would. */
export function postBulk(url: string, bodies: readonly Buffer[]): Promise<void> {
  return inLanes(bodies, bodiesInFlight, async (body) => {
    const answer = await send({
      url: `${url}/_bulk?filter_path=errors,items.create.error`,
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body,
    });
    if (!answer.includes('"errors":true')) return;
    throw new Error(`documents of the peer were refused: ${answer.toString('utf8', 0, 400)}`);
  });
}

export interface PeerLoad {
  readonly bodies: readonly Buffer[];
  readonly logGroup: string;
  readonly count: number;
}

/** Documents a second of the raw script into a fresh stream under the same template, until all of them are found. */
export async function measureRawBulk(installation: BenchInstallation, load: PeerLoad): Promise<number> {
  const stream = `akashi-events-90-${randomUUID()}`;
  await installation.opensearch('PUT', `/_data_stream/${stream}`);
  const begun = performance.now();
  await postBulk(`${installation.opensearchUrl}/${stream}`, load.bodies);
  await installation.untilSearchable({ stream }, load);
  const seconds = (performance.now() - begun) / 1000;
  await installation.opensearch('DELETE', `/_data_stream/${stream}`);
  return load.count / seconds;
}
