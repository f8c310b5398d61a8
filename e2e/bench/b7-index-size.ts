import { randomUUID } from 'node:crypto';
import { keepAlive } from './bench-http.ts';
import { BenchInstallation } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { measurePipeline } from './b2-pipeline.ts';
import { postBulk, readBulkBodies } from './bulk-peer.ts';
import { round, type Figure } from './figure.ts';

const lineCount = Number(process.env['BENCH_B7_LINES'] ?? 200_000);
const linesPerRequest = 1_000;
const logGroup = 'bench';

interface Segments {
  readonly indices: Record<
    string,
    { shards: Record<string, { segments: Record<string, { size_in_bytes: number }> }[]> }
  >;
}

/**
 * Bytes of the one segment that all were merged into. Not the size of the folder: what was merged stays in it until
 * whoever still reads it is done.
 */
async function mergedBytes(installation: BenchInstallation, index: string): Promise<number> {
  await installation.opensearch('POST', `/${index}/_refresh`);
  await installation.opensearch('POST', `/${index}/_forcemerge?max_num_segments=1`);
  await installation.opensearch('POST', `/${index}/_refresh`);
  const { indices } = (await installation.opensearch('GET', `/${index}/_segments`)) as Segments;
  const sizes = Object.values(indices)
    .flatMap(({ shards }) => Object.values(shards).flat())
    .flatMap(({ segments }) => Object.values(segments).map((segment) => segment.size_in_bytes));
  const [bytes] = sizes;
  if (bytes === undefined || sizes.length > 1) throw new Error(`${index} has ${sizes.length} segments, not one`);
  return bytes;
}

/** B7: bytes of the index for each byte of the lines, ours and that of an index that OpenSearch maps by itself. */
export async function run(): Promise<Figure[]> {
  const lines = makeLines(lineCount, 7);
  const rawBytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  const installation = await BenchInstallation.start();
  try {
    const tenant = await installation.newTenant();
    await installation.emptyStream();
    await measurePipeline(installation, tenant, textBodies(lines, linesPerRequest));
    const bodies = await readBulkBodies(installation, tenant, logGroup);
    const peerIndex = `bench-default-${randomUUID()}`;
    // A field that is first taken for a date must not make it refuse later documents: both hold all of them.
    const settings = {
      settings: {
        number_of_replicas: 0,
        'index.mapping.total_fields.limit': 10_000,
        'index.mapping.ignore_malformed': true,
      },
    };
    await installation.opensearch('PUT', `/${peerIndex}`, JSON.stringify(settings));
    // One after the other: two bodies at once may guess different types for the same new field.
    for (const body of bodies) await postBulk(`${installation.opensearchUrl}/${peerIndex}`, [body]);
    const ours = round((await mergedBytes(installation, tenant.stream)) / rawBytes);
    const peer = round((await mergedBytes(installation, peerIndex)) / rawBytes);
    return [
      { bench: 'B7', figure: 'ratio', value: ours, unit: 'index bytes for each raw byte', peer, ours, n: lineCount },
      {
        bench: 'B7',
        figure: 'to-default',
        value: round(ours / peer),
        unit: 'x default mapping',
        peer,
        ours,
        n: lineCount,
      },
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
