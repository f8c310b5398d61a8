import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from './b1-ingest-process.ts';
import { keepAlive, sendLines } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { percentile, round, type Figure } from './figure.ts';

const logGroup = 'trickle';
const usualMinutes = 10;
const minuteMs = 60_000;
const lookEveryMs = 20;
const visibleWithinMs = 60_000;
const quietOrganisations = 1_000;
const heartbeatsPerDay = 24;

interface Kept {
  /** Every file of the archive by its key, with the bytes that it takes on disk. */
  readonly files: Map<string, number>;
  /** Entries of the log. */
  readonly blocks: number;
}

/** What is on disk of one organisation's evidence. */
async function look(folder: string): Promise<Kept> {
  const files = new Map<string, number>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // A tile that was superseded in the meantime takes nothing.
    const found = await stat(path).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found !== undefined) files.set(path, found.blocks * 512);
  }
  const blocks = [...files.keys()].filter((path) => path.endsWith('.akb')).length;
  return { files, blocks };
}

function bytesOf({ files }: Kept): number {
  return [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
}

interface Trickle {
  readonly begun: Kept;
  readonly ended: Kept;
  /** Files that came in the meantime, those included that went again. */
  readonly newFiles: number;
  readonly records: number;
  readonly freshnessMs: readonly number[];
}

/** A line of 100 bytes, as a quiet host writes one. */
function lineOf(number: number): Buffer {
  const text = `trickle ${String(number).padStart(7, '0')} user=batch action=heartbeat outcome=success detail=`;
  return Buffer.from(`${text.padEnd(99, 'x')}\n`);
}

/** Waits for the receipt of one line, then until a search finds it. */
async function sendOne(installation: BenchInstallation, tenant: BenchTenant, number: number): Promise<number> {
  const url = `${installation.ingestUrl}/v1/log-groups/${logGroup}/log-streams/host/records`;
  const status = await sendLines(url, tenant.ingestKey, lineOf(number));
  if (status !== 201) throw new Error(`the sender was answered ${status}`);
  const receivedMs = performance.now();
  await waitUntil(async () => (await installation.count(tenant, logGroup)) > number, visibleWithinMs, lookEveryMs);
  return performance.now() - receivedMs;
}

/** One line a second. The look at the files falls between two seals, so that every seal of the time counts once. */
async function trickle(installation: BenchInstallation, tenant: BenchTenant, minutes: number): Promise<Trickle> {
  let number = 0;
  const seen = new Set<string>();
  const freshnessMs: number[] = [];
  const second = async (): Promise<void> => {
    const from = performance.now();
    const waiting = sendOne(installation, tenant, number);
    number += 1;
    freshnessMs.push(await waiting);
    for (const path of (await look(tenant.archiveFolder)).files.keys()) seen.add(path);
    await delay(Math.max(0, 1_000 - (performance.now() - from)));
  };
  // Until one seal has passed, and half of an interval after it.
  const { blocks } = await look(tenant.archiveFolder);
  while ((await look(tenant.archiveFolder)).blocks === blocks) await second();
  for (let wait = 0; wait < 30; wait += 1) await second();

  const begun = await look(tenant.archiveFolder);
  const before = seen.size;
  const firstNumber = number;
  freshnessMs.length = 0;
  const endMs = performance.now() + minutes * minuteMs;
  while (performance.now() < endMs) await second();
  const ended = await look(tenant.archiveFolder);
  for (const path of ended.files.keys()) seen.add(path);
  return { begun, ended, newFiles: seen.size - before, records: number - firstNumber, freshnessMs };
}

/**
 * B13: one line a second to one organisation, with the usual seal interval: what it costs in files, blocks and bytes, and
 * how soon a line is found. From it, what an object store is asked to write in a day for organisations that send nothing.
 */
export async function run({ minutes = usualMinutes }: { minutes?: number | undefined } = {}): Promise<Figure[]> {
  const installation = await BenchInstallation.start();
  try {
    const tenant = await installation.newTenant();
    process.stderr.write(`  one line a second for ${minutes} minutes …\n`);
    const { begun, ended, newFiles, records, freshnessMs } = await trickle(installation, tenant, minutes);
    const blocks = ended.blocks - begun.blocks;
    const figure = (name: string, value: number, unit: string): Figure => {
      const ours = round(value);
      return { bench: 'B13', figure: name, value: ours, unit, peer: ours, ours, n: records };
    };
    // A seal writes the pointer to the newest checkpoint too, under the same name; a heartbeat has no object of its own.
    const writesOfSeal = blocks === 0 ? Number.NaN : newFiles / blocks + 1;
    const writesOfHeartbeat = writesOfSeal - 1;
    const keptCheckpoint = 1;
    const perDay = quietOrganisations * heartbeatsPerDay * (writesOfHeartbeat + keptCheckpoint);
    return [
      figure('files-per-minute', newFiles / minutes, 'new files'),
      figure('blocks-per-minute', blocks / minutes, 'blocks'),
      figure('bytes-per-record', (bytesOf(ended) - bytesOf(begun)) / records, 'bytes on disk for a record of 100'),
      figure('freshness-p95', percentile(freshnessMs, 0.95), 'ms from receipt to search'),
      figure('object-writes-per-day', perDay, `writes for ${quietOrganisations} organisations that send nothing`),
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
