import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Stall } from './b9-disk-probe.ts';
import type { FloodOrder, FloodWord } from './b9-flood-sender.ts';
import { keepAlive, sendLines } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { makeLines } from './bench-lines.ts';
import { percentile, round, type Figure } from './figure.ts';

const logGroup = 'bench';
const quietEveryMs = 100;
const quietLines = 20;
const measuredMs = Number(process.env['BENCH_B9_MS'] ?? 60_000);
const settleMs = 5_000;
const warmRequests = 20;
const lookEveryMs = 40;
const visibleWithinMs = 120_000;

function recordsUrl({ ingestUrl }: BenchInstallation): string {
  return `${ingestUrl}/v1/log-groups/${logGroup}/log-streams/all/records`;
}

/** The flooding sender, once its way is warm. */
async function openFlood(installation: BenchInstallation, tenant: BenchTenant): Promise<ChildProcess> {
  const sender = fork(fileURLToPath(new URL('./b9-flood-sender.ts', import.meta.url)), {
    execArgv: ['--conditions=source'],
  });
  const order: FloodOrder = { url: recordsUrl(installation), ingestKey: tenant.ingestKey, warmRequests };
  sender.send(order);
  const [warmed] = (await once(sender, 'message')) as [FloodWord];
  if (warmed.word !== 'warm') throw new Error('the flooding sender did not begin');
  await installation.untilSearchable(tenant, { logGroup, count: warmed.records });
  return sender;
}

interface Observed {
  /** Of those receipts that were not waited for while the disk answered nobody. */
  readonly ackMs: number[];
  readonly lagMs: number[];
  /** Receipts that are left out. */
  readonly leftOut: number;
}

/** The moments at which the disk itself did not answer, of this process and all others. */
class DiskStalls {
  readonly #probe: ChildProcess;
  readonly #stalls: Stall[] = [];

  constructor(path: string) {
    this.#probe = fork(fileURLToPath(new URL('./b9-disk-probe.ts', import.meta.url)), [path], {
      execArgv: ['--conditions=source'],
    });
    this.#probe.on('message', (stall) => this.#stalls.push(stall as Stall));
  }

  /** Of what took how long from when, that which no stall fell into. */
  outside(waits: readonly { fromMs: number; tookMs: number }[]): number[] {
    const isOutside = ({ fromMs, tookMs }: { fromMs: number; tookMs: number }): boolean =>
      this.#stalls.every((stall) => stall.toMs < fromMs || stall.fromMs > fromMs + tookMs);
    return waits.filter(isOutside).map(({ tookMs }) => tookMs);
  }

  end(): void {
    if (this.#probe.connected) this.#probe.disconnect();
  }
}

/**
 * One steady, small sender: how long each receipt takes, and how long until a search finds the batch. Lines become
 * searchable in their order, so that the count alone says which batch is there.
 */
async function observe(
  installation: BenchInstallation,
  tenant: BenchTenant,
  { lines, disk }: { lines: readonly string[]; disk: DiskStalls },
): Promise<Observed> {
  const url = recordsUrl(installation);
  const acks: { fromMs: number; tookMs: number }[] = [];
  const lagMs: number[] = [];
  const sent: { upTo: number; atMs: number }[] = [];
  const before = await installation.count(tenant, logGroup);
  let upTo = before;
  let isSending = true;
  const look = async (): Promise<void> => {
    let seen = 0;
    const deadline = performance.now() + measuredMs + visibleWithinMs;
    while (isSending || seen < sent.length) {
      if (performance.now() > deadline) throw new Error('the small sender’s lines did not become searchable in time');
      const count = await installation.count(tenant, logGroup);
      const nowMs = performance.now();
      for (let batch = sent[seen]; batch !== undefined && batch.upTo <= count; batch = sent[++seen]) {
        lagMs.push(nowMs - batch.atMs);
      }
      await delay(lookEveryMs);
    }
  };
  const looking = look();
  // A refused sender ends the measurement first; what the search says after that is not the reason.
  looking.catch(() => undefined);
  const begun = performance.now();
  for (let n = 0; performance.now() - begun < measuredMs; n += 1) {
    const at = (n * quietLines) % (lines.length - quietLines);
    const body = Buffer.from(`${lines.slice(at, at + quietLines).join('\n')}\n`);
    const atMs = performance.now();
    const status = await sendLines(url, tenant.ingestKey, body);
    acks.push({ fromMs: performance.timeOrigin + atMs, tookMs: performance.now() - atMs });
    if (status !== 201) throw new Error(`the small sender was answered ${status}`);
    upTo += quietLines;
    sent.push({ upTo, atMs });
    await delay(Math.max(0, begun + (n + 1) * quietEveryMs - performance.now()));
  }
  isSending = false;
  await looking;
  const ackMs = disk.outside(acks);
  return { ackMs, lagMs, leftOut: acks.length - ackMs.length };
}

function ratioOf(figure: string, name: 'ackMs' | 'lagMs', [quiet, loud]: readonly [Observed, Observed]): Figure[] {
  const p99 = (values: readonly number[]): number => round(percentile(values, 0.99));
  const [peer, ours] = [p99(quiet[name]), p99(loud[name])];
  const n = loud[name].length;
  return [
    { bench: 'B9', figure: `${figure}-ratio`, value: round(ours / peer), unit: 'x its quiet p99', peer, ours, n },
    { bench: 'B9', figure: `${figure}-p99`, value: ours, unit: 'ms while the neighbour floods', peer, ours, n },
  ];
}

/** B9: organisation A floods with the installation's default quotas; B sends little, at a steady rate, before and meanwhile. */
export async function run(): Promise<Figure[]> {
  const lines = makeLines(quietLines * 1_000, 20_261_122);
  const installation = await BenchInstallation.start();
  const disk = new DiskStalls(join(installation.home, 'disk-probe'));
  let flood: ChildProcess | undefined;
  try {
    const [loudTenant, quietTenant] = [await installation.newTenant(), await installation.newTenant()];
    // Both ways are warm before anything counts.
    flood = await openFlood(installation, loudTenant);
    process.stderr.write('  warm; the small sender alone …\n');
    const quiet = await observe(installation, quietTenant, { lines, disk });
    process.stderr.write('  … and beside the flood …\n');
    flood.send('flood');
    const begunMs = performance.now();
    await delay(settleMs);
    const loud = await observe(installation, quietTenant, { lines, disk });
    const ended = once(flood, 'message') as Promise<[FloodWord]>;
    flood.send('stop');
    const [sum] = await ended;
    if (sum.word !== 'ended') throw new Error('the flooding sender did not end');
    const rate = Math.round((1000 * sum.accepted) / (performance.now() - begunMs));
    process.stderr.write(`  the flood: ${rate} records/s accepted, ${sum.refused} requests refused\n`);
    process.stderr.write(
      `  the disk answered nobody: ${quiet.leftOut} and ${loud.leftOut} receipts of the small sender are left out\n`,
    );
    const both = [quiet, loud] as const;
    return [...ratioOf('ack', 'ackMs', both), ...ratioOf('lag', 'lagMs', both)];
  } finally {
    flood?.kill();
    disk.end();
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
