import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ObjectStore } from '@akashi/s3-testserver';
import { RunningInstallation, type DemoTenant } from '../installation/installation.ts';
import { sealOften } from '../installation/seal-often.ts';
import { offeredNumbers, scanForCardNumbers } from './card-number-scan.ts';
import { openDrillBucket, type DrillBucket } from './drill-bucket.ts';
import type { DrillResult } from './drill-case.ts';
import { LineLedger } from './line-ledger.ts';
import { startLoad } from './load.ts';
import { countDocuments, settleAccounts, type IndexView } from './oracle.ts';
import { settleSeals } from './seal-accounts.ts';

export interface DrillStart {
  readonly archive?: 'folder' | 's3';
  readonly env?: NodeJS.ProcessEnv;
}

export type Part = 'ingest' | 'worker' | 'api' | 'web' | 'postgres' | 'opensearch';

/** What identifies a part's processes by their command line, within one installation. */
const marks: Readonly<Record<Part, (home: string) => readonly string[]>> = {
  ingest: () => ['apps/ingest/dist/main.js'],
  worker: () => ['apps/worker/dist/main.js'],
  api: () => ['apps/api/dist/main.js'],
  web: () => ['next'],
  postgres: (home) => ['postgres', join(home, 'postgres', 'data')],
  opensearch: (home) => ['java', join(home, 'opensearch')],
};

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** `NAME=value` of a process, each ended by a NUL. */
export function environment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** A running installation under attack: parts are killed, armed with crash points, and accounts are settled. */
export class DrillInstallation {
  readonly running: RunningInstallation;
  /** Where its evidence is, when that is not a folder of its home. */
  readonly #bucket: DrillBucket | undefined;

  constructor(running: RunningInstallation, bucket?: DrillBucket) {
    this.running = running;
    this.#bucket = bucket;
  }

  static async start({ archive = 'folder', env = {} }: DrillStart = {}): Promise<DrillInstallation> {
    const bucket = archive === 's3' ? await openDrillBucket() : undefined;
    const settings = { AKASHI_DRILL: '1', ...bucket?.env, ...env };
    return new DrillInstallation(await RunningInstallation.start({ env: settings }), bucket);
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.#bucket?.end();
  }

  /** Where the tenants' evidence lies on this machine; in a bucket, behind its server's back. */
  get archiveFolder(): string {
    return this.#bucket?.folder ?? join(this.running.home, 'archive');
  }

  /** What a program needs to find the same evidence. */
  get archiveEnv(): NodeJS.ProcessEnv {
    return this.#bucket?.env ?? {};
  }

  /** The server of the bucket, where there is one. */
  get objectStore(): ObjectStore | undefined {
    return this.#bucket?.store;
  }

  get tenant(): DemoTenant {
    const [tenant] = this.running.demo.tenants;
    if (tenant === undefined) throw new Error('the demonstration has no organisation');
    return tenant;
  }

  get databaseUrl(): string {
    return this.running.databaseUrl;
  }

  get opensearchUrl(): string {
    return `http://127.0.0.1:${this.running.portBase + 92}`;
  }

  view(logGroup: string): IndexView {
    return { opensearchUrl: this.opensearchUrl, tenantId: this.tenant.id, logGroup };
  }

  /** Process ids of a part. */
  pids(part: Part): number[] {
    const { home, portBase } = this.running;
    const wanted = marks[part](home);
    return readdirSync('/proc')
      .filter((pid) => {
        if (!/^\d+$/.test(pid)) return false;
        const line = commandLine(pid);
        if (!wanted.every((mark) => line.includes(mark))) return false;
        return line.includes(home) || environment(pid).includes(`PORT_BASE=${portBase}\0`);
      })
      .map(Number);
  }

  /** Kills every process of a part at once, as a power cut does; answers how many there were. */
  kill(part: Part): number {
    const ours = this.pids(part);
    for (const pid of ours) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // A child went with its parent.
      }
    }
    return ours.length;
  }

  /** The part's next start dies at the crash point, for the n-th time it is passed; the start after it recovers. */
  armCrashpoint(part: 'ingest' | 'worker' | 'api', crashpoint: string): void {
    const folder = join(this.running.home, 'drill');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, `${part}.crashpoint`), crashpoint);
  }

  /** Whether the next start is armed still. */
  isArmed(part: 'ingest' | 'worker' | 'api'): boolean {
    return existsSync(join(this.running.home, 'drill', `${part}.crashpoint`));
  }

  async waitUntilReady(part: 'ingest' | 'worker' | 'api', withinMs = 90_000): Promise<void> {
    const offset = { ingest: 2, worker: 3, api: 1 }[part];
    const url = `http://127.0.0.1:${this.running.portBase + offset}/readyz`;
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      if (answer?.ok === true) return;
      await delay(200);
    }
    throw new Error(`${part} was not ready again within ${withinMs} ms`);
  }

  /**
   * Load while `disturb` runs, then the books: nothing acknowledged may be lost, doubled, or hold a card number; every
   * document must be in a sealed block, once, and no raw segment may be left.
   */
  async underLoad(drill: string, disturb: () => Promise<void>): Promise<DrillResult> {
    const logGroup = `drill/${drill}`;
    const ledger = new LineLedger(`${drill}-${Date.now()}`);
    await sealOften(this.databaseUrl, this.tenant.id);
    const { ingestUrl } = this.running.demo;
    const load = startLoad({ ingestUrl, ingestKey: this.tenant.ingestKey, logGroup }, ledger);
    try {
      await delay(1_500);
      await disturb();
      await delay(1_500);
    } finally {
      await load.stop();
    }
    const account = await settleAccounts(this.view(logGroup), ledger);
    const seals = await settleSeals({ databaseUrl: this.databaseUrl, tenantId: this.tenant.id, logGroup });
    const documents = await countDocuments(this.view(logGroup));
    const scan = await scanForCardNumbers({
      home: this.running.home,
      archiveFolder: this.archiveFolder,
      tenantIds: [this.tenant.id],
      databaseUrl: this.databaseUrl,
      opensearchUrl: this.opensearchUrl,
      numbers: offeredNumbers(ledger.offered),
    });
    const isSealed = seals.unsealed === 0 && seals.undestroyed === 0 && seals.sealed === documents;
    const sound =
      account.lost === 0 &&
      account.duplicated === 0 &&
      scan.places.length === 0 &&
      account.acknowledged > 0 &&
      isSealed;
    return {
      drill,
      result: sound ? 'pass' : 'fail',
      ...account,
      ...seals,
      documents,
      cardNumbers: scan.places.length,
      ...(scan.places.length > 0 ? { detail: scan.places.slice(0, 5).join(', ') } : {}),
    };
  }
}
