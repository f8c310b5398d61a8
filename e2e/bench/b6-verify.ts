import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildEventProof, checkEventProof, sha256, verifyEd25519, type EventProof } from '@akashi/integrity';
import { repositoryRoot } from '../installation/installation.ts';
import { makeLines } from './bench-lines.ts';
import { median, percentile, round, type Figure } from './figure.ts';
import { writeArchive, type WrittenArchive } from './written-archive.ts';

const execute = promisify(execFile);
const archiveBytes = 220_000_000;
const blockContents = 4;
/** About what one landing segment of 8 MiB holds. */
const recordsPerBlock = 30_000;
const rounds = 5;
const proofs = 400;
const launcher = join(repositoryRoot, 'apps', 'verifier', 'bin', 'akashi-verify.mjs');

function blockFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.akb'))
    .sort();
}

/** Seconds of a command on the whole archive; it throws when the command does not end with success. */
async function secondsOf(command: string, args: readonly string[], cwd: string): Promise<number> {
  const begun = performance.now();
  await execute(command, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
  return (performance.now() - begun) / 1000;
}

interface Rates {
  /** Without the data key: objects, order and completeness. */
  readonly full: number[];
  /** With the data key: every record opened and hashed. */
  readonly records: number[];
  readonly peer: number[];
}

async function measureArchive(archive: WrittenArchive): Promise<Rates> {
  const verify = [launcher, archive.folder, '--key', archive.verifierKey, '--json'];
  const files = blockFiles(archive.folder);
  const rates: Rates = { full: [], records: [], peer: [] };
  const megabytes = archive.blockBytes / 1e6;
  await secondsOf('sha256sum', files, archive.folder);
  for (let n = 0; n < rounds; n += 1) {
    rates.peer.push(megabytes / (await secondsOf('sha256sum', files, archive.folder)));
    rates.full.push(megabytes / (await secondsOf(process.execPath, verify, archive.folder)));
  }
  const withKey = [...verify, '--data-key', archive.dataKeyFile];
  for (let n = 0; n < 2; n += 1) {
    rates.records.push(megabytes / (await secondsOf(process.execPath, withKey, archive.folder)));
  }
  return rates;
}

async function proofOf(archive: WrittenArchive, leaf: number): Promise<EventProof> {
  const { header, built } = archive.lastBlock;
  const { checkpoint, readLog } = archive;
  const outcome = await buildEventProof({ header, payload: built.payload, leaf, checkpoint, read: readLog });
  if (!outcome.ok) throw new Error(`no proof could be built: ${outcome.code}`);
  return outcome.proof;
}

/** Milliseconds to check one proof: record, block root, log entry, tree head and the signature of the checkpoint. */
async function measureProofs(archive: WrittenArchive): Promise<number[]> {
  const times: number[] = [];
  const made = await Promise.all([0, 1, 999, recordsPerBlock - 1].map((leaf) => proofOf(archive, leaf)));
  for (let n = 0; n < proofs; n += 1) {
    for (const proof of made) {
      const begun = performance.now();
      const checked = checkEventProof(proof, archive.verifierKey, { sha256, verifyEd25519 });
      times.push(performance.now() - begun);
      if (!checked.ok) throw new Error('a true proof was not accepted');
    }
  }
  return times;
}

/** B6: `akashi-verify` over a whole archive against `sha256sum` over the same block objects, in turns. */
export async function run(): Promise<Figure[]> {
  const contents = Array.from({ length: blockContents }, (_, index) =>
    makeLines(recordsPerBlock, index).map((line) => Buffer.from(line)),
  );
  const archive = await writeArchive({ bytes: archiveBytes, contents });
  try {
    const { full, records, peer } = await measureArchive(archive);
    const times = await measureProofs(archive);
    const sums = Math.round(median(peer));
    const unit = 'x sha256sum (MB/s)';
    const single = round(percentile(times, 0.5));
    const slow = round(percentile(times, 0.99));
    const paired = round(median(full.map((rate, index) => rate / (peer[index] ?? Number.NaN))));
    return [
      { bench: 'B6', figure: 'ratio', value: paired, unit, peer: sums, ours: Math.round(median(full)), n: rounds },
      {
        bench: 'B6',
        figure: 'ratio-with-data-key',
        value: round(median(records) / median(peer)),
        unit,
        peer: sums,
        ours: Math.round(median(records)),
        n: records.length,
      },
      { bench: 'B6', figure: 'proof-median', value: single, unit: 'ms', peer: single, ours: single, n: times.length },
      { bench: 'B6', figure: 'proof-p99', value: slow, unit: 'ms', peer: slow, ours: slow, n: times.length },
    ];
  } finally {
    await archive.remove();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
