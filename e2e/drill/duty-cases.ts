import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { repositoryRoot } from '../installation/installation.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { environment, type DrillInstallation } from './drill-installation.ts';
import { eventually } from '../reading/eventually.ts';

/** Two ticks, a lease and some work, on a busy machine. */
const withinMs = 300_000;
const secondPortOffset = 60;

interface RunRow {
  tenant: string;
  duty: string;
  period: string;
  outcome: string | null;
  attempts: number;
}

/** The table of runs, looked at from outside of the product. */
class RunTable {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(installation: DrillInstallation): Promise<RunTable> {
    const client = new Client({ connectionString: installation.databaseUrl });
    await client.connect();
    return new RunTable(client);
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  /** Until nothing is under way and nothing is due: what is counted from then on belongs to the drill. */
  async waitUntilQuiet(): Promise<void> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const { rowCount } = await this.#client.query(
        'SELECT FROM duty_run WHERE finished_at IS NULL AND (lease IS NOT NULL OR takeable_at <= now())',
      );
      if (rowCount === 0) return;
      if (Date.now() > deadline) throw new Error('the duties did not come to rest');
      await delay(1_000);
    }
  }

  /** What the workers would find after the organisations' duties fell due just now; answers the runs. */
  async makeDue(duties: readonly string[]): Promise<string[]> {
    const { rows } = await this.#client.query<{ id: string }>(
      `UPDATE duty_run SET due_at = now(), takeable_at = now() WHERE finished_at IS NULL AND duty = ANY ($1)
       RETURNING id`,
      [duties],
    );
    return rows.map(({ id }) => id);
  }

  /** What the workers would find after they had stood still: the pending run is of a period long ago. */
  async backDate(duty: string, { periodFormat, by }: { periodFormat: string; by: string }): Promise<void> {
    const moment = `date_trunc('hour', (now() AT TIME ZONE 'UTC') - $2::interval)`;
    // Former drills may have done periods that were not due yet.
    await this.#client.query('DELETE FROM duty_run WHERE finished_at IS NOT NULL AND duty = $1', [duty]);
    await this.#client.query(
      `UPDATE duty_run SET period = to_char(${moment}, $3), due_at = now() - $2::interval,
         late_at = now() - $2::interval + interval '1 hour', takeable_at = now() - $2::interval
       WHERE finished_at IS NULL AND duty = $1`,
      [duty, by, periodFormat],
    );
  }

  async endedSince(since: Date): Promise<RunRow[]> {
    const { rows } = await this.#client.query<RunRow>(
      `SELECT coalesce(tenant_id::text, 'installation') AS tenant, duty, period, outcome, attempts FROM duty_run
       WHERE finished_at >= $1 ORDER BY finished_at`,
      [since],
    );
    return rows;
  }

  async verificationsSince(since: Date): Promise<number> {
    const { rows } = await this.#client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM verification WHERE finished_at >= $1',
      [since],
    );
    return rows[0]?.count ?? 0;
  }

  /** The runs once all of them have ended. */
  async waitForEnd(ids: readonly string[]): Promise<RunRow[]> {
    const ended = async (): Promise<RunRow[]> => {
      const { rows } = await this.#client.query<RunRow>(
        `SELECT coalesce(tenant_id::text, 'installation') AS tenant, duty, period, outcome, attempts FROM duty_run
         WHERE id = ANY ($1) AND finished_at IS NOT NULL`,
        [ids],
      );
      return rows;
    };
    return eventuallyAll(ended, (rows) => rows.length === ids.length);
  }

  async waitFor(since: Date, isThere: (ended: readonly RunRow[]) => boolean): Promise<RunRow[]> {
    return eventuallyAll(() => this.endedSince(since), isThere);
  }
}

async function eventuallyAll(
  ask: () => Promise<RunRow[]>,
  isThere: (rows: readonly RunRow[]) => boolean,
): Promise<RunRow[]> {
  const rows = await eventually(ask, isThere, withinMs);
  if (!isThere(rows)) throw new Error(`not done within ${withinMs / 1000} s: ${JSON.stringify(rows)}`);
  return rows;
}

/** Another worker of the same installation, as on a second machine. */
function startSecondWorker(installation: DrillInstallation): ChildProcess {
  const [pid] = installation.pids('worker');
  if (pid === undefined) throw new Error('no worker is running');
  const inherited = Object.fromEntries(
    environment(String(pid))
      .split('\0')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const port = String(installation.running.portBase + secondPortOffset);
  return spawn(process.execPath, [join(repositoryRoot, 'apps', 'worker', 'dist', 'main.js')], {
    cwd: repositoryRoot,
    env: { ...inherited, PORT_BASE: port, AKASHI_NODE: 'drill-second' },
    stdio: 'ignore',
  });
}

function verdict(drill: string, problems: readonly string[], figures: Record<string, unknown>): DrillResult {
  const result = problems.length === 0 ? 'pass' : 'fail';
  return { drill, result, ...figures, ...(problems.length === 0 ? {} : { detail: problems.join('; ') }) };
}

const keyOf = ({ tenant, duty, period }: RunRow): string => `${tenant} ${duty} ${period}`;
const isOf = (duty: string, outcome: string) => (run: RunRow) => run.duty === duty && run.outcome === outcome;

async function withTable(
  installation: DrillInstallation,
  run: (table: RunTable) => Promise<DrillResult>,
): Promise<DrillResult> {
  const table = await RunTable.open(installation);
  try {
    return await run(table);
  } finally {
    await table.close();
  }
}

/** Everything is due at once, and two workers take it. */
function twoWorkers(installation: DrillInstallation): Promise<DrillResult> {
  return withTable(installation, async (table) => {
    const second = startSecondWorker(installation);
    try {
      await delay(10_000);
      await table.waitUntilQuiet();
      const since = new Date();
      const due = await table.makeDue(['heartbeat', 'verification', 'dormant-accounts', 'expiry-notices']);
      const ended = await table.waitForEnd(due);
      const verified = ended.filter(isOf('verification', 'done')).length;
      const verifications = await table.verificationsSince(since);
      return verdict(
        'D1',
        [
          ...(ended.every(({ outcome }) => outcome === 'done') ? [] : ['a run was not done']),
          ...(ended.every(({ attempts }) => attempts === 1) ? [] : ['a run took more than one attempt']),
          ...(verifications === verified ? [] : [`${verifications} verifications for ${verified} runs`]),
          ...(second.exitCode === null ? [] : ['the second worker ended']),
        ],
        { due: due.length, verifications },
      );
    } finally {
      second.kill('SIGTERM');
      if (second.exitCode === null) await once(second, 'exit');
    }
  });
}

/** The worker dies between the work of a duty and its end. */
function killedInTheMiddle(installation: DrillInstallation): Promise<DrillResult> {
  return withTable(installation, async (table) => {
    await table.waitUntilQuiet();
    installation.armCrashpoint('worker', 'duty-worked');
    installation.kill('worker');
    await installation.waitUntilReady('worker');
    const since = new Date();
    const due = await table.makeDue(['verification', 'heartbeat']);
    const ended = await table.waitForEnd(due);
    // Whichever duty came first was cut off, the installation's own included.
    const all = await table.waitFor(since, (runs) => runs.some(({ attempts }) => attempts > 1));
    const again = all.filter(({ attempts }) => attempts > 1);
    return verdict(
      'D2',
      [
        ...(ended.every(({ outcome }) => outcome === 'done') ? [] : ['a run was not done']),
        ...(new Set(all.map(keyOf)).size === all.length ? [] : ['a period was done twice']),
      ],
      { due: due.length, takenUpAgain: again.map(({ duty }) => duty) },
    );
  });
}

/** The workers come back after five hours and three days in which nothing was done. */
function outage(installation: DrillInstallation): Promise<DrillResult> {
  return withTable(installation, async (table) => {
    await table.waitUntilQuiet();
    const since = new Date();
    await table.backDate('verification', { periodFormat: 'YYYY-MM-DD"T"HH24:MI"Z"', by: '5 hours' });
    await table.backDate('expiry-notices', { periodFormat: 'YYYY-MM-DD', by: '3 days' });
    const organisations = installation.running.demo.tenants.length;
    // The platform's own organisation has evidence to verify, and nobody to be told of expiry.
    const ended = await table.waitFor(
      since,
      (runs) =>
        runs.filter(isOf('verification', 'done')).length >= organisations + 1 &&
        runs.filter(isOf('expiry-notices', 'done')).length >= 3 * organisations,
    );
    await delay(5_000);
    const all = await table.endedSince(since);
    const verified = all.filter(isOf('verification', 'done')).length;
    const passedOver = all.filter(isOf('verification', 'skipped')).length;
    const noticed = new Set(all.filter(isOf('expiry-notices', 'done')).map(keyOf)).size;
    return verdict(
      'D3',
      [
        // One more where a period falls due meanwhile, and never one for each of the five that were missed.
        ...(verified < 2 * (organisations + 1) ? [] : ['missed verifications were done one by one']),
        ...(passedOver === organisations + 1 ? [] : [`${passedOver} missed verifications noted`]),
        ...(all.some(isOf('expiry-notices', 'skipped')) ? ['a day of expiry notices was left out'] : []),
        ...(new Set(all.map(keyOf)).size === all.length ? [] : ['a period was done twice']),
      ],
      { verified, passedOver, noticed, ended: ended.length },
    );
  });
}

/** What is due happens once in each period, whatever happens to the workers. */
export function dutyCases(installation: DrillInstallation): DrillCase[] {
  return [
    { name: 'D1', about: 'two workers find the same duties due', run: () => twoWorkers(installation) },
    { name: 'D2', about: 'a worker is killed in the middle of a duty', run: () => killedInTheMiddle(installation) },
    { name: 'D3', about: 'nothing is done for several periods', run: () => outage(installation) },
  ];
}
