import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { archiveSearchLine, type ArchiveSearchLine } from '@akashi/contracts';
import type { BlockLogGroup, NewBlock, SealedShare, TenantDatabase } from '@akashi/database';
import { createSegmentBuilder, encodeBlock, joinSegments, sha256 } from '@akashi/integrity';
import { documentGeneration, encodeBatchOrigin } from '@akashi/log-event';
import { keepAlive } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { round, type Figure } from './figure.ts';

/** A block an hour, for a year that ended a hundred days ago. */
const blockCount = Number(process.env['BENCH_B18_BLOCKS'] ?? 365 * 24);
const recordsPerGroup = 40;
const groupCount = 12;
const groupsPerBlock = 3;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const endedDaysAgo = 100;
/** Beyond what the log of the organisation reaches: these blocks are looked up in the tables and read, and nothing else. */
const firstNumber = 1_000_000;
const blocksPerTransaction = 200;
const wantedGroup = 'bench/07';

const groupName = (n: number): string => `bench/${String(n % groupCount).padStart(2, '0')}`;

/** As the intake of that hour would have called it. */
function segmentIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${randomUUIDv7().slice(13)}`;
}

interface WrittenBlock {
  readonly block: NewBlock;
  readonly object: Uint8Array;
  readonly share: SealedShare;
  readonly logGroups: readonly BlockLogGroup[];
}

/** What the worker would have sealed in that hour: records of three of the twelve log groups. */
function writeBlock(tenant: BenchTenant, n: number, startMs: number): WrittenBlock {
  const builder = createSegmentBuilder();
  const source = { id: 'bench', kind: 'http', address: '127.0.0.1' } as const;
  const receivedUs = (startMs + n * hourMs) * 1_000;
  const logGroups: BlockLogGroup[] = [];
  let sequence = 0;
  for (let at = 0; at < groupsPerBlock; at += 1) {
    const logGroup = groupName(n * groupsPerBlock + at);
    const batchId = `${n}-${at}`;
    const originIndex = builder.addOrigin(encodeBatchOrigin({ batchId, logGroup, logStream: 'host', source }));
    const firstReceivedUs = receivedUs + sequence;
    for (let record = 0; record < recordsPerGroup; record += 1) {
      const line = `<38>Nov 22 10:00:00 web01 sshd[${sequence}]: Failed password for user${record} from 10.1.2.${record} port 22 ssh2`;
      const receivedAtUs = receivedUs + sequence;
      builder.addRecord({ originIndex, flags: 0, receivedAtUs, sequence, notes: null, record: Buffer.from(line) });
      sequence += 1;
    }
    logGroups.push({ logGroup, records: recordsPerGroup, firstReceivedUs, lastReceivedUs: receivedUs + sequence - 1 });
  }
  const segmentId = segmentIdAt(receivedUs / 1_000);
  const content = joinSegments([{ segmentId, ...builder.finish() }]);
  const number = firstNumber + n;
  const { body, headerBytes, object, key } = encodeBlock({
    ...content,
    tenantId: tenant.id,
    block: number,
    policy: 'default',
    keepUntilUs: 'never',
    createdUs: receivedUs + sequence,
    dataKey: tenant.keys.dataKey(),
    nonce: randomBytes(12),
    maskingVersion: 'bench',
  });
  const block = {
    number,
    segmentId: null,
    objectKey: key,
    header: headerBytes.toString('utf8'),
    records: sequence,
    bodyBytes: body.length,
    root: content.root,
    bodySha256: sha256(body),
    firstReceivedUs: receivedUs,
    lastReceivedUs: receivedUs + sequence - 1,
    createdAt: new Date((receivedUs + sequence) / 1_000),
  };
  return { block, object, share: { segmentId, records: sequence }, logGroups };
}

/** Notes blocks as sealed and indexed long ago. */
async function noteBlocks(database: TenantDatabase, written: readonly WrittenBlock[]): Promise<void> {
  for (const { block, share } of written)
    await database.segments.register({
      segmentId: share.segmentId,
      ingestNode: 'bench',
      retentionPolicy: 'default',
      records: share.records,
      bytes: 1,
      acceptedAt: block.createdAt,
    });
  await database.log.withSealLock(async (log) => {
    for (const { block, share, logGroups } of written) {
      await log.insertBlock(block);
      await log.noteContent({ ...block, retentionPolicy: 'default' }, { segments: [share], logGroups });
    }
  });
  for (const { share, logGroups } of written)
    await database.segments.finishIndexed({
      segmentId: share.segmentId,
      generation: documentGeneration,
      onlineDays: 90,
      streams: logGroups.map(({ logGroup, records, firstReceivedUs, lastReceivedUs }) => ({
        logGroup,
        logStream: 'host',
        sourceId: 'bench',
        kind: 'http',
        records,
        unparsed: 0,
        masked: 0,
        lost: 0,
        rules: [],
        firstEventUs: firstReceivedUs,
        lastEventUs: lastReceivedUs,
        lastReceivedUs,
        lagMs: 0,
      })),
      quarantined: [],
      learned: [],
      documents: null,
    });
}

async function writeYear(installation: BenchInstallation, tenant: BenchTenant, startMs: number): Promise<void> {
  const database = installation.databaseOf(tenant);
  for (let from = 0; from < blockCount; from += blocksPerTransaction) {
    const count = Math.min(blocksPerTransaction, blockCount - from);
    const written = Array.from({ length: count }, (_, index) => writeBlock(tenant, from + index, startMs));
    for (const { block, object } of written) {
      const path = join(tenant.archiveFolder, block.objectKey ?? '');
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, object, { mode: 0o400 });
    }
    await noteBlocks(database, written);
  }
}

interface Searched {
  readonly firstHitMs: number;
  readonly endMs: number;
  readonly end: Extract<ArchiveSearchLine, { event: 'end' }>;
}

async function searchDay(installation: BenchInstallation, tenant: BenchTenant, fromMs: number): Promise<Searched> {
  const begun = performance.now();
  const answer = await fetch(`${installation.apiUrl}/v1/archive-searches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'event.outcome:failure',
      from: new Date(fromMs).toISOString(),
      to: new Date(fromMs + dayMs).toISOString(),
      timeField: 'receivedAt',
      logGroups: [wantedGroup],
    }),
  });
  if (!answer.ok || answer.body === null) throw new Error(`the API answered ${answer.status}`);
  const input = Readable.fromWeb(answer.body as ReadableStream);
  let firstHitMs = Number.NaN;
  for await (const line of createInterface({ input })) {
    const said = archiveSearchLine.parse(JSON.parse(line));
    if (said.event === 'hit' && Number.isNaN(firstHitMs)) firstHitMs = performance.now() - begun;
    if (said.event === 'end') return { firstHitMs, endMs: performance.now() - begun, end: said };
  }
  throw new Error('the search broke off');
}

/** B18: a day of one log group out of a year of blocks, found where it lies without reading the rest. */
export async function run(): Promise<Figure[]> {
  const installation = await BenchInstallation.start();
  try {
    const tenant = await installation.newTenant();
    const endMs = Date.now() - endedDaysAgo * dayMs;
    const startMs = endMs - (endMs % dayMs) - blockCount * hourMs;
    await writeYear(installation, tenant, startMs);
    const day = startMs + Math.floor(blockCount / 48) * dayMs;
    const { firstHitMs, endMs: tookMs, end } = await searchDay(installation, tenant, day);
    const expected = (24 * groupsPerBlock * recordsPerGroup) / groupCount;
    if (end.reason !== 'all-read' || end.hits !== expected)
      throw new Error(`it found ${end.hits} of ${expected} and ended for ${end.reason}`);
    const figure = (name: string, value: number, of: Pick<Figure, 'unit' | 'peer' | 'n'>): Figure => ({
      bench: 'B18',
      figure: name,
      value: round(value),
      ours: round(value),
      ...of,
    });
    const n = end.hits;
    return [
      figure('objects-read', end.blocksDone, { unit: `objects of ${blockCount}`, peer: blockCount, n }),
      figure('first-hit', firstHitMs, { unit: 'ms to the first hit', peer: round(firstHitMs), n }),
      figure('whole-day', tookMs, { unit: 'ms to the end of the day', peer: round(tookMs), n }),
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
