import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPortBase } from '../installation/installation.ts';
import { sealOften } from '../installation/seal-often.ts';
import { eventually } from '../reading/eventually.ts';
import { NoObjectStore, openDrillBucket, type DrillBucket } from './drill-bucket.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { heldBlocks, keptBlocks, type KeptBlock } from './kept-blocks.ts';
import { LineLedger } from './line-ledger.ts';
import { dayMs, MovedInstallation, withinMs, type MovedPlace } from './moved-installation.ts';

type Store = 'folder' | 's3';
type Check = readonly [problem: string, isFine: boolean];

const logGroup = 'drill/K1';
const lines = 20;
/** Past the days online of everything, and not yet past the days kept of the demonstration's three weeks; then past both. */
const days = { early: 340, due: 370 } as const;
/** Where the worker kills itself, one after the other, each time in the start that goes on with what the last one left. */
const points = [
  'disposal-before-statement',
  'disposal-after-statement',
  'disposal-before-removal:3',
  'disposal-before-note:3',
  'disposal-before-end',
];

/** One organisation over a year; which of its blocks may go is worked out from the objects themselves. */
class KeptYear {
  readonly place: MovedPlace;
  readonly #ledger = new LineLedger(`K1-${Date.now()}`);
  #now: MovedInstallation | undefined;

  constructor(place: MovedPlace) {
    this.place = place;
  }

  get now(): MovedInstallation {
    if (this.#now === undefined) throw new Error('nothing was started');
    return this.#now;
  }

  get folder(): string {
    return join(this.now.drill.archiveFolder, this.now.drill.tenant.id);
  }

  async start(at: number): Promise<MovedInstallation> {
    await this.stop();
    this.#now = await MovedInstallation.start(this.place, { days: at, ledger: this.#ledger });
    return this.#now;
  }

  async stop(): Promise<void> {
    await this.#now?.drill.running.stop();
    this.#now = undefined;
  }

  /** Until no disposal is due or half done; answers how many statements the organisation's log has. */
  async untilDisposed(): Promise<number> {
    const { now } = this;
    const left = async (): Promise<number> => {
      const [row] = await now.ask<{ left: number }>(
        `SELECT ((SELECT count(*) FROM duty_run WHERE duty = 'disposal' AND finished_at IS NULL
                    AND (lease IS NOT NULL OR greatest(due_at, takeable_at) <= $1))
               + (SELECT count(*) FROM disposal WHERE removed_at IS NULL))::int AS left`,
        [new Date(now.now)],
      );
      return row?.left ?? -1;
    };
    const rest = await eventually(left, (count) => count === 0, withinMs);
    if (rest !== 0) throw new Error(`${rest} disposals did not end`);
    return this.statements();
  }

  async statements(): Promise<number> {
    const { now } = this;
    const sql = 'SELECT count(*)::int AS count FROM disposal WHERE tenant_id = $1';
    return (await now.ask<{ count: number }>(sql, [now.drill.tenant.id]))[0]?.count ?? -1;
  }

  /** How often the worker ended by itself in this start. */
  endings(): number {
    return this.now.drill.running.output.split('worker ended by itself').length - 1;
  }

  /** What a killed worker had is free at once, as it is a minute later. */
  async free(): Promise<void> {
    await this.now.ask(
      `UPDATE duty_run SET takeable_at = $1
       WHERE duty = 'disposal' AND finished_at IS NULL AND lease IS NOT NULL AND takeable_at > $1`,
      [new Date(this.now.now)],
    );
  }

  /** Tomorrow's disposals, now. */
  async makeDue(): Promise<void> {
    await this.now.ask(
      `UPDATE duty_run SET due_at = $1, takeable_at = $1 WHERE duty = 'disposal' AND finished_at IS NULL`,
      [new Date(this.now.now)],
    );
  }
}

/** Kills the worker for real at each point, the first of them armed; answers what the checkers say of what each kill left. */
async function killEverywhere(year: KeptYear, endings: number): Promise<Check[]> {
  const { drill } = year.now;
  const checks: Check[] = [];
  for (const [index, point] of points.entries()) {
    await eventually(
      () => drill.isArmed('worker'),
      (isArmed) => !isArmed,
      withinMs,
    );
    const next = points[index + 1];
    if (next !== undefined) drill.armCrashpoint('worker', next);
    const wanted = endings + index + 1;
    const seen = await eventually(
      () => year.endings(),
      (count) => count >= wanted,
      withinMs,
    );
    checks.push([`the worker did not die at ${point}`, seen >= wanted]);
    await year.free();
    checks.push([`what ${point} left is not proven`, await year.now.isProven()]);
  }
  await drill.waitUntilReady('worker', withinMs);
  return checks;
}

/** What may be gone and what may not, of the blocks that were there. */
async function compare(year: KeptYear, before: readonly KeptBlock[]): Promise<Check[]> {
  const { now } = year;
  const held = await heldBlocks(now);
  const there = new Set(keptBlocks(year.folder).map(({ key }) => key));
  const mayGo = ({ number, keepUntil }: KeptBlock): boolean =>
    keepUntil !== null && keepUntil.getTime() <= now.now && !held.has(number);
  const stays = before.filter((block) => !mayGo(block));
  const left = before.filter((block) => mayGo(block) && there.has(block.key));
  const early = stays.filter(({ key }) => !there.has(key));
  return [
    [`${early.length} blocks went that are held or not due: ${early[0]?.key}`, early.length === 0],
    [`${left.length} blocks are there whose time is over: ${left[0]?.key}`, left.length === 0],
    ['no block of seven years was there', stays.some(({ policy }) => policy === 'seven-years')],
    ['no held block was there', stays.some(({ number }) => held.has(number))],
    ['no block was due', before.some(mayGo)],
  ];
}

/** Days online are over and days kept are not: the index forgets, the archive does not. */
async function checkEarly(year: KeptYear, before: readonly KeptBlock[]): Promise<Check[]> {
  const early = await year.start(days.early);
  const due = await early.untilCaughtUp();
  const statements = await year.untilDisposed();
  const there = new Set(keptBlocks(year.folder).map(({ key }) => key));
  const online = await eventually(
    () => early.countIndexed(early.now - 120 * dayMs),
    (count) => count === 0,
    withinMs,
  );
  return [
    [`${due} duties were not caught up`, due === 0],
    [`${online} lines past their days online are in the index`, online === 0],
    ['something was disposed of before its time', statements === 0],
    ['an object is gone before its time', before.every(({ key }) => there.has(key))],
    ['the archive is not proven', await early.isProven()],
  ];
}

/** A store that holds by a clock of its own is not argued with: nothing is said to be disposed of, and nothing goes. */
async function checkHeldByStore(year: KeptYear, before: readonly KeptBlock[]): Promise<Check[]> {
  const statements = await year.untilDisposed();
  const there = new Set(keptBlocks(year.folder).map(({ key }) => key));
  return [
    ['a statement says that something goes that the store holds', statements === 0],
    ['an object went that the store held', before.every(({ key }) => there.has(key))],
  ];
}

async function disposeOfYear(store: Store, bucket: DrillBucket | undefined): Promise<DrillResult> {
  const drill = store === 'folder' ? 'K1' : 'K1-s3';
  const home = mkdtempSync(join(tmpdir(), 'akashi-keeping-'));
  const year = new KeptYear({ home, portBase: await findPortBase(), logGroup, bucket });
  const checks: [string, Check][] = [];
  const note = (when: string, found: readonly Check[]): void => {
    checks.push(...found.map((check): [string, Check] => [when, check]));
  };
  try {
    const first = await year.start(0);
    await sealOften(first.drill.databaseUrl, first.drill.tenant.id);
    await first.send(lines);
    note('at first', [['lines are lost, doubled or in no block', (await first.settle()) === 0]]);
    const before = keptBlocks(year.folder);
    note(`after ${days.early} days`, await checkEarly(year, before));
    if (bucket === undefined) year.now.drill.armCrashpoint('worker', points[0] ?? '');
    const late = await year.start(days.due);
    let endings = 0;
    if (bucket !== undefined) {
      note('held by the store', await checkHeldByStore(year, before));
      note('the store', [['no lock was moved', (await bucket.passDays(days.due)) > 0]]);
      late.drill.armCrashpoint('worker', points[0] ?? '');
      endings = year.endings() + 1;
      late.drill.kill('worker');
      await year.makeDue();
    }
    note('killed', await killEverywhere(year, endings));
    const statements = await year.untilDisposed();
    note('at the end', await compare(year, before));
    note('at the end', [['the archive is not proven', await late.isProven()]]);
    const problems = checks.filter(([, [, isFine]]) => !isFine).map(([when, [problem]]) => `${when}: ${problem}`);
    return {
      drill,
      result: problems.length === 0 ? 'pass' : 'fail',
      checks: checks.length,
      blocks: before.length,
      removed: before.length - keptBlocks(year.folder).filter(({ key }) => before.some((b) => b.key === key)).length,
      statements,
      ...(problems.length === 0 ? {} : { detail: problems.join('; ') }),
    };
  } catch (error) {
    const log = readFileSync(join(home, 'logs', 'worker.log'), 'utf8').slice(-500);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log}`, { cause: error });
  } finally {
    await year.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function inBucket(): Promise<DrillResult> {
  let bucket: DrillBucket;
  try {
    bucket = await openDrillBucket();
  } catch (error) {
    if (error instanceof NoObjectStore) return { drill: 'K1-s3', result: 'skip', detail: error.message };
    throw error;
  }
  try {
    return await disposeOfYear('s3', bucket);
  } finally {
    await bucket.end();
  }
}

/** What is kept for a year goes after it, whatever is killed meanwhile, and nothing goes sooner. */
export function keepingCases(): DrillCase[] {
  const about = 'a year passes; what is due goes while the worker is killed at every step of it';
  return [
    { name: 'K1', about, run: () => disposeOfYear('folder', undefined) },
    { name: 'K1-s3', about: `${about}, in a bucket`, run: inBucket },
  ];
}
