import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase, type Database, type TenantDatabase, type TenantId } from '@akashi/database';
import { openKeyring, type Keyring, type TenantKeys } from '@akashi/keyring';
import { addKeyHolder } from '@akashi/testkit';
import { repositoryRoot, RunningInstallation } from '../installation/installation.ts';
import { sharedStream } from '../drill/oracle.ts';
import { waitUntil } from './b1-ingest-process.ts';

/** The parts whose processor time and memory are measured. */
export const appParts = ['api', 'ingest', 'worker'] as const;

export type AppPart = (typeof appParts)[number];

/** Documents of a stream, or of one organisation in it. */
export interface DocumentsPlace {
  readonly stream: string;
  readonly id?: string;
}

/** An organisation of its own for one round: its own keys, an empty archive. */
export interface BenchTenant {
  readonly id: TenantId;
  readonly ingestKey: string;
  readonly apiKey: string;
  readonly stream: string;
  readonly archiveFolder: string;
  readonly keys: TenantKeys;
}

/** What a measurement needs to know of a running installation. */
interface Running {
  readonly home: string;
  readonly portBase: number;
  stop(): Promise<unknown>;
}

const clockTicksPerSecond = 100;
const largestOutputBytes = 64 * 1024 * 1024;

/** A whole installation without demonstration lines, so that nothing but the measurement runs in it. */
export class BenchInstallation {
  readonly #running: Running;
  readonly #database: Database;

  private constructor(running: Running) {
    this.#running = running;
    this.#database = openDatabase({ url: this.databaseUrl, applicationName: 'akashi-bench', maxConnections: 2 });
  }

  /** With `BENCH_ATTACH=1` it measures the installation that `AKASHI_HOME` and `PORT_BASE` name, and leaves it running. */
  static async start(): Promise<BenchInstallation> {
    const { BENCH_ATTACH: attach, AKASHI_HOME: home, PORT_BASE: portBase } = process.env;
    if (attach === '1' && home !== undefined) {
      return new BenchInstallation({ home, portBase: Number(portBase), stop: () => Promise.resolve() });
    }
    return new BenchInstallation(await RunningInstallation.start({ args: ['--empty'] }));
  }

  get home(): string {
    return this.#running.home;
  }

  get databaseUrl(): string {
    const password = readFileSync(join(this.home, 'keys', 'postgres-password'), 'utf8');
    return `postgresql://akashi:${password}@127.0.0.1:${this.#running.portBase + 32}/postgres`;
  }

  get opensearchUrl(): string {
    return `http://127.0.0.1:${this.#running.portBase + 92}`;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.#running.portBase + 1}`;
  }

  get ingestUrl(): string {
    return `http://127.0.0.1:${this.#running.portBase + 2}`;
  }

  /** Resolves when the tenant's keys work and its data stream exists. */
  async newTenant(): Promise<BenchTenant> {
    const name = `bench-${randomBytes(4).toString('hex')}`;
    const tenant = await this.#database.platform.createTenant({
      id: randomUUID(),
      slug: name,
      nameJa: name,
      nameEn: name,
      timeZone: 'Asia/Tokyo',
      language: 'en',
    });
    const keyring = openKeyring({ dir: join(this.home, 'keys') });
    await keyring.createTenantKeys(tenant.id);
    return this.admit(tenant.id, keyring);
  }

  databaseOf({ id }: Pick<BenchTenant, 'id'>): TenantDatabase {
    return this.#database.forTenant(id);
  }

  /** Keys for an organisation that is there, and one line all the way through. */
  async admit(tenantId: TenantId, keyring: Keyring): Promise<BenchTenant> {
    const secrets = { ingest: randomBytes(24).toString('base64url'), api: randomBytes(24).toString('base64url') };
    const database = this.#database.forTenant(tenantId);
    const responsibleId = await addKeyHolder(database);
    for (const kind of ['ingest', 'api'] as const) {
      const sha256 = createHash('sha256').update(secrets[kind]).digest();
      await database.accessKeys.put({ kind, name: `bench-${kind}`, sha256, logGroups: ['*'], responsibleId });
    }
    const made: BenchTenant = {
      id: tenantId,
      ingestKey: secrets.ingest,
      apiKey: secrets.api,
      stream: sharedStream,
      archiveFolder: join(this.home, 'archive', tenantId),
      keys: keyring.forTenant(tenantId),
    };
    await this.#warm(made);
    return made;
  }

  async opensearch(method: string, path: string, body?: string | Buffer): Promise<unknown> {
    const answer = await fetch(`${this.opensearchUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`OpenSearch answered ${method} ${path} with ${answer.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as unknown);
  }

  /** Documents of a log group that a search sees now, of one organisation where a place names one. */
  async count({ stream, id }: DocumentsPlace, logGroup: string): Promise<number> {
    const ofTenant = id === undefined ? [] : [{ term: { 'akashi.tenant': id } }];
    const query = { bool: { filter: [...ofTenant, { term: { 'log.group': logGroup } }] } };
    try {
      const answer = await this.opensearch('POST', `/${stream}/_count`, JSON.stringify({ query }));
      return (answer as { count: number }).count;
    } catch (error) {
      // While the shard of a new stream starts, a search sees nothing of it.
      if (error instanceof Error && error.message.includes('all shards failed')) return 0;
      throw error;
    }
  }

  async untilSearchable(
    place: DocumentsPlace,
    { logGroup, count }: { logGroup: string; count: number },
  ): Promise<void> {
    await waitUntil(async () => (await this.count(place, logGroup)) >= count, 900_000, 100);
  }

  /** The shared streams as they were before anything was written: what was measured before costs nothing afterwards. */
  async emptyStream(): Promise<void> {
    await this.opensearch('DELETE', `/_data_stream/${sharedStream}`);
  }

  /** Runs one of the worker's operator commands on one tenant; answers the JSON line that it prints. */
  async runOperator(
    command: 'rebuild-now' | 'verify-now',
    tenant: BenchTenant,
    options: readonly string[] = [],
  ): Promise<Record<string, unknown>> {
    const script = join(repositoryRoot, 'apps', 'worker', 'dist', `${command}.js`);
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      AKASHI_HOME: this.home,
      PORT_BASE: String(this.#running.portBase),
      DATABASE_URL: this.databaseUrl,
      OPENSEARCH_URL: this.opensearchUrl,
    };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [script, '--tenant', tenant.id, ...options], {
      env,
      maxBuffer: largestOutputBytes,
    });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** CPU time that parts have used so far, in microseconds: ingest and worker when none are named. */
  cpuMicros(parts: readonly AppPart[] = ['ingest', 'worker']): number {
    let ticks = 0;
    for (const { part, pid } of this.#processes()) {
      if (!parts.includes(part)) continue;
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [user = '0', system = '0'] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13);
      ticks += Number(user) + Number(system);
    }
    return (ticks / clockTicksPerSecond) * 1e6;
  }

  /** Resident memory of each part, in MiB. */
  rssMegabytes(): Record<AppPart, number> {
    const megabytes: Record<AppPart, number> = { api: 0, ingest: 0, worker: 0 };
    for (const { part, pid } of this.#processes()) {
      const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      megabytes[part] += Number(kilobytes ?? 0) / 1024;
    }
    return megabytes;
  }

  async stop(): Promise<void> {
    await this.#database.close();
    await this.#running.stop();
  }

  #processes(): { part: AppPart; pid: string }[] {
    return readdirSync('/proc').flatMap((pid) => {
      const part = /^\d+$/.test(pid) ? this.#partOf(pid) : undefined;
      return part === undefined ? [] : [{ part, pid }];
    });
  }

  /** Which of this installation's apps a process is. */
  #partOf(pid: string): AppPart | undefined {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const part = appParts.find((each) => line.includes(`apps/${each}/dist/main.js`));
      const isOwn = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`AKASHI_HOME=${this.home}\0`);
      return isOwn ? part : undefined;
    } catch {
      return undefined;
    }
  }

  /** One line all the way through: ingest has learned the key, the log is open, the stream is there. */
  async #warm(tenant: BenchTenant): Promise<void> {
    const url = `${this.ingestUrl}/v1/log-groups/warm/log-streams/one/records`;
    await waitUntil(async () => {
      const headers = { authorization: `Bearer ${tenant.ingestKey}`, 'content-type': 'text/plain' };
      const answer = await fetch(url, { method: 'POST', headers, body: 'ready\n' });
      await answer.text();
      return answer.status === 201;
    }, 60_000);
    await waitUntil(
      () =>
        this.count(tenant, 'warm').then(
          (count) => count > 0,
          () => false,
        ),
      60_000,
    );
  }
}
