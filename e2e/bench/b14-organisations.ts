import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase, type Database, type TenantId } from '@akashi/database';
import { openKeyring } from '@akashi/keyring';
import { join } from 'node:path';
import { keepAlive } from './bench-http.ts';
import { appParts, BenchInstallation, type AppPart, type BenchTenant } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { measurePipeline } from './b2-pipeline.ts';
import { median, round, type Figure } from './figure.ts';

const organisations = Number(process.env['BENCH_B14_ORGANISATIONS'] ?? 1_000);
const busy = 10;
const linesOfEach = Number(process.env['BENCH_B14_LINES'] ?? 20_000);
const linesPerRequest = 500;
const idleSeconds = Number(process.env['BENCH_B14_IDLE_SECONDS'] ?? 60);
/** A second factor counts for five minutes at least. */
const stepUpAgainAfterMs = 60_000;

/** A person of the platform who makes organisations, as the web app does for them. */
class PlatformOperator {
  readonly #database: Database;
  readonly #apiUrl: string;
  readonly #token = randomBytes(32).toString('base64url');
  #sessionId = '';
  #steppedUpAtMs = 0;

  constructor(database: Database, apiUrl: string) {
    this.#database = database;
    this.#apiUrl = apiUrl;
  }

  async signIn(): Promise<void> {
    const { platform } = this.#database;
    const details = {
      slug: 'platform',
      kind: 'platform' as const,
      nameJa: '基盤',
      nameEn: 'Platform',
      timeZone: 'UTC',
      language: 'en',
    };
    const known = (await platform.listTenants()).find(({ kind }) => kind === 'platform');
    const { id: tenantId } = known ?? (await platform.createTenant({ id: randomUUID(), ...details }));
    const email = `operator-${randomUUID()}@example.jp`;
    const person = { email, displayName: 'operator', role: 'platform-operator', language: 'en', passwordHash: null };
    const userId = await this.#database.forTenant(tenantId).users.put(person);
    this.#sessionId = await platform.sessions.create({
      tenantId,
      userId,
      tokenSha256: createHash('sha256').update(this.#token).digest(),
      expiresAt: new Date(Date.now() + 6 * 3_600_000),
      stage: 'full',
      methods: ['password', 'totp'],
    });
  }

  /** Makes one organisation; answers its id and how long that took. */
  async make(slug: string): Promise<{ id: string; seconds: number }> {
    if (Date.now() - this.#steppedUpAtMs > stepUpAgainAfterMs) {
      await this.#database.platform.sessions.noteStepUp(this.#sessionId);
      this.#steppedUpAtMs = Date.now();
    }
    const admin = { email: `admin@${slug}.example`, displayName: 'Administrator' };
    const wanted = { slug, nameJa: slug, nameEn: slug, timeZone: 'Asia/Tokyo', language: 'en', admin };
    const begun = performance.now();
    const answer = await fetch(`${this.#apiUrl}/v1/platform/tenants`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-akashi-csrf': '1',
        cookie: `akashi_session=${this.#token}`,
      },
      body: JSON.stringify(wanted),
    });
    const seconds = (performance.now() - begun) / 1000;
    const made = (await answer.json()) as { id?: string };
    if (made.id === undefined)
      throw new Error(`the organisation was not made: ${answer.status} ${JSON.stringify(made)}`);
    return { id: made.id, seconds };
  }
}

/** CPU time of ingest and worker for each record while these organisations send at once. */
async function costOf(installation: BenchInstallation, tenants: readonly BenchTenant[]): Promise<number> {
  const bodies = tenants.map((_, n) => textBodies(makeLines(linesOfEach, 14_000 + n), linesPerRequest));
  const before = installation.cpuMicros();
  await Promise.all(tenants.map((tenant, n) => measurePipeline(installation, tenant, bodies[n] ?? [])));
  return (installation.cpuMicros() - before) / (linesOfEach * tenants.length);
}

function figure(name: string, value: number, unit: string): Figure {
  return {
    bench: 'B14',
    figure: name,
    value: round(value),
    unit,
    ours: round(value),
    peer: round(value),
    n: organisations,
  };
}

/** B14: many organisations of which ten send, made through the platform's API, against one that is alone. */
export async function run(): Promise<Figure[]> {
  const installation = await BenchInstallation.start();
  const database = openDatabase({ url: installation.databaseUrl, applicationName: 'akashi-bench', maxConnections: 2 });
  try {
    // The apps compile their code during the first lines.
    await costOf(installation, [await installation.newTenant()]);
    const costAlone = await costOf(installation, [await installation.newTenant()]);
    const operator = new PlatformOperator(database, installation.apiUrl);
    await operator.signIn();
    const keyring = openKeyring({ dir: join(installation.home, 'keys') });
    const run = randomBytes(3).toString('hex');
    const seconds: number[] = [];
    const senders: BenchTenant[] = [];
    for (let n = 0; n < organisations; n += 1) {
      const made = await operator.make(`bench-${run}-${n}`);
      seconds.push(made.seconds);
      if (n < busy) senders.push(await installation.admit(made.id as TenantId, keyring));
      if (n % 100 === 99)
        process.stderr.write(`  ${n + 1} organisations, ${round(median(seconds.slice(-100)))} s each\n`);
    }
    const costAmong = await costOf(installation, senders);
    // What the last lines began ends first: blocks are sealed, indices merged.
    await delay(idleSeconds * 1000);
    const before = installation.cpuMicros(appParts);
    await delay(idleSeconds * 1000);
    const idle = (installation.cpuMicros(appParts) - before) / (idleSeconds * 1e4);
    const health = (await installation.opensearch('GET', '/_cluster/health')) as { active_primary_shards: number };
    const rss = installation.rssMegabytes();
    const inOrder = seconds.toSorted((a, b) => a - b);
    return [
      figure('shards', health.active_primary_shards, 'primary shards of the index'),
      {
        ...figure('cost-ratio', costAmong / costAlone, 'x CPU for each record of one organisation alone'),
        ours: round(costAmong),
        peer: round(costAlone),
      },
      figure('idle-cpu-percent', idle, `% of a core, ${appParts.join(', ')} while nothing comes`),
      ...appParts.map((part: AppPart) => figure(`rss-mb-${part}`, rss[part], `MiB of ${part}`)),
      figure(
        'make-seconds',
        inOrder[Math.ceil(inOrder.length * 0.95) - 1] ?? Number.NaN,
        's (p95) to make an organisation',
      ),
    ];
  } finally {
    keepAlive.destroy();
    await database.close();
    await installation.stop();
  }
}

if (import.meta.main) for (const each of await run()) console.log(JSON.stringify(each));
