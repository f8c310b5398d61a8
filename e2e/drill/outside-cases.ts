import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@akashi/integrity';
import { timeStampRequest } from '@akashi/integrity/timestamp';
import { openTestAuthority, type TestAuthority } from '@akashi/integrity/timestamp-authority';
import { repositoryRoot } from '../installation/installation.ts';
import { changesOf, loadArchiveSource, writeChange, type ArchiveSource, type WriterPlan } from './campaign-archive.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { runCommand } from './run-command.ts';

const blocksPerDay = 6;
const days = 40;
const hourUs = 3_600_000_000;
const size = blocksPerDay * days;
/** The checkpoint of yesterday evening: what a mail carried out, and what an authority stamped. */
const yesterdayEvening = size;
const lastMonth = size - 30 * blocksPerDay;

/** An operator with every key and every disk: what is left behind is whole and signed, as if it had always been so. */
const attacks: Readonly<Record<string, Partial<WriterPlan>>> = {
  honest: {},
  rewritten: { records: (block) => [block === lastMonth ? 'nothing happened' : `block ${block}`] },
  truncated: { blocks: size - blocksPerDay },
  both: {
    blocks: size - blocksPerDay,
    records: (block) => [block === lastMonth ? 'nothing happened' : `block ${block}`],
  },
};

function write(source: ArchiveSource, folder: string, attack: Partial<WriterPlan>): void {
  const plan: WriterPlan = {
    blocks: size,
    versionOne: 0,
    // Whoever forges keeps the checkpoints that whoever checks looks for.
    handedOut: [yesterdayEvening],
    records: (block) => [`block ${block}`],
    stepUs: () => (24 / blocksPerDay) * hourUs,
    ...attack,
  };
  const objects = new Map<string, Buffer>();
  for (const step of source.archiveSteps(plan)) {
    for (const change of changesOf(step, objects)) {
      if (change.bytes === null) objects.delete(change.object);
      else objects.set(change.object, change.bytes);
    }
  }
  for (const [object, bytes] of objects) writeChange(folder, { object, bytes });
}

interface Held {
  readonly mailed: string;
  readonly stamp: string;
}

/** Each proof alone, by the commands that an auditor types; the verifier without any network. */
async function judge(
  folder: string,
  { mailed, stamp }: Held,
  { key, certificate }: { key: string; certificate: string },
): Promise<Record<string, number>> {
  const launcher = join(repositoryRoot, 'apps', 'verifier', 'bin', 'akashi-verify.mjs');
  const checker = join(repositoryRoot, 'e2e', 'verify', 'check_archive.py');
  const verify = async (...more: string[]): Promise<number> =>
    (await runCommand('unshare', ['--net', process.execPath, launcher, folder, '--key', key, ...more])).code;
  return {
    alone: await verify(),
    checkpoint: await verify('--since', mailed),
    checkpointByChecker: (await runCommand('python3', [checker, folder, '--key', key, '--since', mailed])).code,
    timeStamp: await verify('--timestamps', stamp, '--timestamp-ca', certificate),
  };
}

/** What openssl itself says of the time stamp and the checkpoint that the archive has now. */
function opensslAccepts(authority: TestAuthority, folder: string, stamp: string): boolean {
  return authority.accepts(stamp, join(folder, 'log', 'checkpoints', String(yesterdayEvening)));
}

async function rewriteEverything(): Promise<DrillResult> {
  const work = mkdtempSync(join(tmpdir(), 'akashi-outside-'));
  const authority = openTestAuthority();
  try {
    const source = await loadArchiveSource();
    const folderOf = (name: string): string => join(work, name);
    for (const [name, attack] of Object.entries(attacks)) write(source, folderOf(name), attack);
    const held = { mailed: join(work, 'outside', 'checkpoint.txt'), stamp: join(work, 'outside', 'checkpoint.tsr') };
    mkdirSync(join(work, 'outside'));
    cpSync(join(folderOf('honest'), 'log', 'checkpoint'), held.mailed);
    const note = readFileSync(held.mailed);
    writeFileSync(held.stamp, authority.answer(timeStampRequest(sha256(note), randomBytes(16))));
    const trust = { key: source.verifierKey, certificate: authority.certificateFile };
    const found: Record<string, Record<string, number>> = {};
    for (const name of Object.keys(attacks)) found[name] = await judge(folderOf(name), held, trust);
    const missed = Object.entries(found).flatMap(([name, codes]) =>
      Object.entries(codes).flatMap(([by, code]) => {
        // Alone, a forgery by whoever holds the key is not to be told from the truth: that is why proofs leave the house.
        const expected = name === 'honest' || by === 'alone' ? 0 : 1;
        return code === expected ? [] : [`${name} by ${by}: ${code}`];
      }),
    );
    const openssl = ['honest', 'rewritten'].map((name) => opensslAccepts(authority, folderOf(name), held.stamp));
    if (openssl.join() !== 'true,false') missed.push(`openssl: ${openssl.join()}`);
    return {
      drill: 'T6b',
      result: missed.length === 0 ? 'pass' : 'fail',
      blocks: size,
      attacks: Object.keys(attacks).length - 1,
      ...(missed.length === 0 ? {} : { detail: missed.join(', ') }),
    };
  } finally {
    authority.remove();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Proofs that left the house, against an operator who holds everything in it. */
export function outsideCases(): DrillCase[] {
  return [
    {
      name: 'T6b',
      about: 'last month is rewritten, yesterday cut off, by an operator with every key and disk',
      run: rewriteEverything,
    },
  ];
}
