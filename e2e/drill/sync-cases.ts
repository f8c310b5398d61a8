import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RunningInstallation } from '../installation/installation.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { DrillInstallation } from './drill-installation.ts';
import { FailingSystemCalls, type SystemCall } from './failing-system-calls.ts';
import { settleAccounts } from './oracle.ts';
import { probeGroup, Probes } from './probes.ts';

/** What fails in each round: the data, the names of files, the writing itself. */
const rounds = ['fdatasync', 'fsync', 'pwrite64,pwritev,pwritev2'];
const armedMs = 4_000;
const refusalWithinMs = 30_000;

async function countFaults(installation: DrillInstallation): Promise<number> {
  const answer = await fetch(`${installation.running.demo.ingestUrl}/metrics`);
  return Number(/^akashi_inbox_faults(?:\{[^}]*\})? (\d+)$/m.exec(await answer.text())?.[1] ?? Number.NaN);
}

async function isReady(installation: DrillInstallation): Promise<boolean> {
  return (await fetch(`${installation.running.demo.ingestUrl}/readyz`)).ok;
}

/** What came of all rounds. */
interface Tally {
  refused: number;
  acceptedWhileFailing: number;
  otherAnswers: number;
  stillRefused: number;
  faults: number;
  /** Rounds in which `/readyz` said that intake could not do its job. */
  notReady: number;
  failedFiles: number;
  /** Files that were written or synced again after that had failed. */
  retriedFiles: number;
}

function countRetries(calls: readonly SystemCall[], tally: Tally): void {
  const failed = new Set<string>();
  const retried = new Set<string>();
  for (const { name, path, failed: hasFailed } of calls) {
    if (!path.endsWith('.open')) continue;
    // What the file was cut back to is the new begin of its story: its length is synced, nothing is written.
    if (name === 'ftruncate') {
      if (!hasFailed) failed.delete(path);
      continue;
    }
    if (failed.has(path)) retried.add(path);
    if (hasFailed) failed.add(path);
  }
  tally.failedFiles += failed.size;
  tally.retriedFiles += retried.size;
}

/** One round: the calls fail for some seconds under load, then they work again. */
async function failFor(
  installation: DrillInstallation,
  names: string,
  round: { probes: Probes; tally: Tally },
): Promise<boolean> {
  const { probes, tally } = round;
  const [pid = 0] = installation.pids('ingest');
  const faultsBefore = await countFaults(installation);
  const calls = await FailingSystemCalls.arm(pid, names, join(installation.running.home, 'drill-trace'));
  if (calls === undefined) return false;
  try {
    const giveUpAt = Date.now() + refusalWithinMs;
    while ((await probes.offer()) !== 'refused') {
      if (Date.now() > giveUpAt) throw new Error(`nothing was refused while ${names} failed`);
    }
    const until = Date.now() + armedMs;
    while (Date.now() < until) {
      const answer = await probes.offer();
      if (answer === 'refused') tally.refused += 1;
      else if (answer === 'accepted') tally.acceptedWhileFailing += 1;
      else tally.otherAnswers += 1;
    }
    if (!(await isReady(installation))) tally.notReady += 1;
  } finally {
    countRetries(await calls.disarm(), tally);
  }
  await installation.waitUntilReady('ingest');
  tally.stillRefused += await probes.repeatRefused();
  tally.faults += (await countFaults(installation)) - faultsBefore;
  return true;
}

/** A disk that answers EIO: nothing is acknowledged that it did not take, and nothing acknowledged is lost. */
async function failingDisk(): Promise<DrillResult> {
  const home = mkdtempSync(join(tmpdir(), 'akashi-eio-'));
  const running = await RunningInstallation.start({ home, env: { AKASHI_DRILL: '1' } });
  const installation = new DrillInstallation(running);
  const probes = new Probes(installation);
  const tally: Tally = {
    refused: 0,
    acceptedWhileFailing: 0,
    otherAnswers: 0,
    stillRefused: 0,
    faults: 0,
    notReady: 0,
    failedFiles: 0,
    retriedFiles: 0,
  };
  try {
    let permitted = true;
    const result = await installation.underLoad('F2', async () => {
      for (const names of rounds) permitted &&= await failFor(installation, names, { probes, tally });
    });
    if (!permitted) return { drill: 'F2', result: 'skip', detail: 'strace is not installed, or may not attach here' };
    const account = await settleAccounts(installation.view(probeGroup), probes.ledger);
    const faultsBefore = await countFaults(installation);
    await delay(3_000);
    const faultsAfterwards = (await countFaults(installation)) - faultsBefore;
    const sound =
      result.result === 'pass' &&
      account.lost === 0 &&
      account.duplicated === 0 &&
      account.acknowledged === probes.ledger.offered &&
      tally.refused > 0 &&
      tally.acceptedWhileFailing + tally.otherAnswers + tally.stillRefused + tally.retriedFiles === 0 &&
      tally.failedFiles > 0 &&
      tally.faults > 0 &&
      faultsAfterwards === 0;
    return { ...result, result: sound ? 'pass' : 'fail', probes: account, ...tally, faultsAfterwards };
  } finally {
    await running.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** System calls that fail in the running intake, on an installation of its own. */
export function syncCases(): DrillCase[] {
  return [{ name: 'F2', about: 'writing and syncing landing segments fails with EIO', run: () => failingDisk() }];
}
