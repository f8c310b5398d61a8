import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BothCheckers } from './both-checkers.ts';
import { loadArchiveSource } from './campaign-archive.ts';
import { CrashModel, type Survival } from './crash-model.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { inboxTenant, landingKeys, loadWriters, makeBatch } from './landing-and-archive.ts';
import { runCommand } from './run-command.ts';
import { SeededRandom } from './seeded-random.ts';
import { readRecord, recordedCalls, type FileOperation } from './system-call-record.ts';

const survivals: readonly Survival[] = ['nothing', 'bytes', 'everything', 'anything', 'anything'];
const shownFailures = 5;

interface Acknowledged {
  readonly batches: Set<number>;
  blocks: number;
}

/** Runs both writers under strace; what they did below the folder. */
async function recordWriters(work: string): Promise<FileOperation[] | undefined> {
  const folder = join(work, 'recorded');
  const trace = join(work, 'trace');
  mkdirSync(folder);
  const script = fileURLToPath(new URL('recorded-writers.ts', import.meta.url));
  const strace = ['-f', '-y', '-xx', '-s', '1000000', '-o', trace, '-e', `trace=${recordedCalls}`];
  const program = [process.execPath, '--conditions=source', script, folder];
  const { code, stderr } = await runCommand('strace', [...strace, ...program]);
  if (!existsSync(trace) || stderr.includes('ptrace')) return undefined;
  if (code !== 0) throw new Error(`the recorded writers ended with ${code}: ${stderr}`);
  return readRecord(readFileSync(trace, 'utf8'), folder);
}

async function inboxFailures(dir: string, { batches }: Acknowledged): Promise<string[]> {
  const { openInboxWriter, listSegments, readSegment } = await loadWriters();
  const writer = await openInboxWriter({ dir, keys: landingKeys, nowMs: Date.now, limits: { diskReserveBytes: 0 } });
  const failures: string[] = [];
  const [last] = [...batches].slice(-1);
  if (last !== undefined) {
    const { code, repeated } = await writer.append(inboxTenant, await makeBatch(last));
    if (code !== 'accepted' || repeated !== true) failures.push(`the receipt of batch ${last} is forgotten`);
  }
  await writer.close();
  const counts = new Map<string, number>();
  for (const { path } of await listSegments(dir)) {
    const segment = await readSegment(path, landingKeys).catch(() => undefined);
    if (segment === undefined) failures.push(`${basename(path)} cannot be read`);
    if (segment !== undefined && segment.damaged.length > 0) {
      failures.push(`${basename(path)} looks as if somebody had changed it`);
    }
    for (const { origin } of segment?.batches ?? []) {
      const { batchId } = JSON.parse(origin.toString()) as { batchId: string };
      counts.set(batchId, (counts.get(batchId) ?? 0) + 1);
    }
  }
  for (const batch of batches) if (!counts.has(`batch-${batch}`)) failures.push(`batch ${batch} is lost`);
  for (const [batchId, count] of counts) if (count > 1) failures.push(`${batchId} stands ${count} times`);
  return failures;
}

async function archiveFailures(
  folder: string,
  { blocks }: Acknowledged,
  { checkers, verifierKey }: { checkers: BothCheckers; verifierKey: string },
): Promise<string[]> {
  const { verifier, checker } = await checkers.judge({ folder, key: verifierKey });
  const size = existsSync(join(folder, 'log', 'checkpoint'))
    ? Number(readFileSync(join(folder, 'log', 'checkpoint'), 'utf8').split('\n')[1])
    : 0;
  const expected = size === 0 ? 2 : 0;
  const failures: string[] = [];
  if (size < blocks) failures.push(`block ${blocks} is not sealed any more`);
  if (verifier.code !== expected || checker.code !== expected) {
    failures.push(`the checkers say ${verifier.code} and ${checker.code}: ${verifier.named.join(', ')}`);
  }
  return failures;
}

/** Cuts the power after every system call of the writers, and lets the disk keep as little as it promised. */
async function cutPowerEverywhere(): Promise<DrillResult> {
  const seed = Number(process.env['AKASHI_DRILL_SEED'] ?? Date.now() % 1_000_000_000);
  const work = mkdtempSync(join(tmpdir(), 'akashi-power-'));
  const checkers = await BothCheckers.start();
  try {
    const operations = await recordWriters(work);
    if (operations === undefined) {
      return { drill: 'F4', result: 'skip', detail: 'strace is not installed, or may not trace here' };
    }
    const { verifierKey, tenantId } = await loadArchiveSource();
    const model = new CrashModel(join(work, 'recorded'));
    const acknowledged: Acknowledged = { batches: new Set(), blocks: 0 };
    const failures: string[] = [];
    let states = 0;
    for (const [index, operation] of operations.entries()) {
      model.apply(operation);
      if (operation.kind === 'acknowledged') {
        const [what, number] = operation.what.split(' ');
        if (what === 'batch') acknowledged.batches.add(Number(number));
        else acknowledged.blocks = Number(number);
      }
      for (const [choice, survival] of survivals.entries()) {
        const remains = join(work, 'remains');
        model.writeRemains(remains, survival, new SeededRandom(seed, index * survivals.length + choice));
        states += 1;
        const found = [
          ...(await inboxFailures(join(remains, 'inbox'), acknowledged)),
          ...(await archiveFailures(join(remains, 'archive', tenantId), acknowledged, { checkers, verifierKey })),
        ];
        failures.push(
          ...found.map((failure) => `after call ${index} (${operation.kind}), ${survival} kept: ${failure}`),
        );
        rmSync(remains, { recursive: true, force: true });
      }
    }
    return {
      drill: 'F4',
      result: failures.length === 0 ? 'pass' : 'fail',
      seed,
      calls: operations.length,
      states,
      acknowledgedBatches: acknowledged.batches.size,
      acknowledgedBlocks: acknowledged.blocks,
      failures: failures.length,
      ...(failures.length === 0 ? {} : { detail: failures.slice(0, shownFailures).join('; ') }),
    };
  } finally {
    await checkers.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Power cuts, from recorded system calls and a model of the disk. */
export function powerCutCases(): DrillCase[] {
  return [{ name: 'F4', about: 'names and bytes that were not synced are lost', run: cutPowerEverywhere }];
}
