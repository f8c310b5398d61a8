import { randomUUIDv7 } from 'node:crypto';
import { createNormalizer, encodeBulkLines, type BatchOrigin, type IndexableRecord } from '@akashi/log-event';
import { createSearch } from '@akashi/search';
import { inLanes, keepAlive, send } from './bench-http.ts';
import { sharedStream } from '../drill/oracle.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { measureRawBulk, readBulkBodies } from './bulk-peer.ts';
import { median, round, type Figure } from './figure.ts';

const logGroup = 'bench';
const linesPerRequest = 1_000;
const connections = 6;
const rounds = 3;
/** Enough that the last second, in which a segment closes and the index refreshes, is a small part. */
const lineCount = Number(process.env['BENCH_B2_LINES'] ?? 300_000);

/** Sends lines over several connections; resolves with the seconds from the first byte until a count finds them all. */
export async function measurePipeline(
  installation: BenchInstallation,
  tenant: BenchTenant,
  bodies: readonly Buffer[],
): Promise<number> {
  const url = `${installation.ingestUrl}/v1/log-groups/${logGroup}/log-streams/all/records`;
  const headers = { authorization: `Bearer ${tenant.ingestKey}`, 'content-type': 'text/plain' };
  const begun = performance.now();
  await inLanes(bodies, connections, (body) => send({ url, method: 'POST', headers, body }));
  const count = bodies.reduce((sum, body) => sum + countLines(body), 0);
  await installation.untilSearchable(tenant, { logGroup, count });
  return (performance.now() - begun) / 1000;
}

const lineEnd = 0x0a;

function countLines(body: Buffer): number {
  let count = 0;
  for (let at = body.indexOf(lineEnd); at >= 0; at = body.indexOf(lineEnd, at + 1)) count++;
  return count;
}

/** The same packages without masking, sealing and archive: lines are normalized, encoded and sent, nothing else. */
async function measureWithout(installation: BenchInstallation, lines: readonly Buffer[]): Promise<number> {
  const id = randomUUIDv7();
  const search = createSearch({ url: installation.opensearchUrl });
  const tenant = search.forTenant(id);
  const source = { id: 'bench', kind: 'http', address: '127.0.0.1' } as const;
  const origins: BatchOrigin[] = [{ batchId: 'bench', logGroup, logStream: 'all', source }];
  const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
  const receivedAtUs = Date.now() * 1000;
  const noNotes = new Uint8Array();
  const records = function* (): Generator<IndexableRecord> {
    for (const [leaf, record] of lines.entries())
      yield { leaf, sequence: leaf, originIndex: 0, receivedAtUs, flags: 0, notes: noNotes, record };
  };
  const segmentId = randomUUIDv7();
  const segment = { tenantId: id, segmentId, documentIdPrefix: tenant.documentIdPrefix(segmentId) };
  const begun = performance.now();
  await tenant.bulkCreate(encodeBulkLines({ ...segment, origins, records: records(), normalizer }), { concurrency: 3 });
  await installation.untilSearchable({ stream: sharedStream, id }, { logGroup, count: lines.length });
  const seconds = (performance.now() - begun) / 1000;
  await search.close();
  return lines.length / seconds;
}

interface Rounds {
  readonly ours: number[];
  readonly without: number[];
  readonly peer: number[];
  readonly cpuMicros: number[];
}

function figuresOf({ ours, without, peer, cpuMicros }: Rounds): Figure[] {
  const ratios = (rates: readonly number[]): number =>
    round(median(rates.map((rate, index) => rate / (peer[index] ?? Number.NaN))));
  const n = lineCount * rounds;
  const rate = { peer: Math.round(median(peer)), ours: Math.round(median(ours)) };
  const cpu = round(median(cpuMicros));
  return [
    { bench: 'B2', figure: 'ratio', value: ratios(ours), unit: 'x raw _bulk', ...rate, n },
    {
      bench: 'B2',
      figure: 'ratio-without',
      value: ratios(without),
      unit: 'x raw _bulk, without masking, sealing, archive',
      peer: rate.peer,
      ours: Math.round(median(without)),
      n,
    },
    { bench: 'B2', figure: 'rate', value: rate.ours, unit: 'documents/s until searchable', ...rate, n },
    { bench: 'B2b', figure: 'cpu', value: cpu, unit: 'µs/record in ingest and worker', peer: cpu, ours: cpu, n },
  ];
}

/** Turns a list so that in each round another one of it comes first: who begins finds a disk and a heap more at rest. */
function turned<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/**
 * B2: lines over HTTP until a count query finds all of them, against the shortest script that posts the same documents,
 * ids and template as raw `_bulk` bodies built beforehand. Every measurement has a stream of its own. All lines go
 * through once before: the index server compiles its code during its first few hundred thousand documents, and whoever
 * came first would pay for it.
 */
export async function run(): Promise<Figure[]> {
  const lines = makeLines(lineCount, 20_261_122);
  const bodies = textBodies(lines, linesPerRequest);
  const records = lines.map((line) => Buffer.from(line));
  const installation = await BenchInstallation.start();
  try {
    const warm = await installation.newTenant();
    await measurePipeline(installation, warm, bodies);
    const peerBodies = await readBulkBodies(installation, warm, logGroup);
    await installation.emptyStream();
    const measured: Rounds = { ours: [], without: [], peer: [], cpuMicros: [] };
    const measureOurs = async (): Promise<void> => {
      const tenant = await installation.newTenant();
      const cpuBefore = installation.cpuMicros();
      measured.ours.push(lineCount / (await measurePipeline(installation, tenant, bodies)));
      measured.cpuMicros.push((installation.cpuMicros() - cpuBefore) / lineCount);
      await installation.emptyStream();
    };
    const measurePeer = async (): Promise<void> => {
      measured.peer.push(await measureRawBulk(installation, { bodies: peerBodies, logGroup, count: lineCount }));
    };
    const measureBare = async (): Promise<void> => {
      measured.without.push(await measureWithout(installation, records));
      await installation.emptyStream();
    };
    for (let n = 0; n < rounds; n += 1) {
      for (const measure of turned([measureOurs, measurePeer, measureBare], n)) await measure();
      process.stderr.write(
        `  round ${n + 1}: ours ${Math.round(measured.ours[n] ?? 0)}, raw _bulk ${Math.round(measured.peer[n] ?? 0)}, without ${Math.round(measured.without[n] ?? 0)} documents/s, ${round(measured.cpuMicros[n] ?? 0)} µs/record
`,
      );
    }
    return figuresOf(measured);
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
