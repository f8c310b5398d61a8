import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listSegments, readSegment } from '@akashi/inbox';
import type { Database } from '@akashi/database';
import { openKeyring, type Keyring } from '@akashi/keyring';
import { decodeBatchOrigin, type BatchOrigin } from '@akashi/log-event';
import { unlimitedQuotas } from '@akashi/policy';
import { createLogger } from '@akashi/server-kit';
import { createTestTenant, type TestTenant } from '@akashi/testkit';
import { readIngestEnv, type IngestEnv } from './env.ts';
import { startIngest, type RunningIngest } from './start-ingest.ts';

export interface LandedRecord {
  text: string;
  bytes: Buffer;
  flags: number;
  origin: BatchOrigin;
}

/** An ingest of its own on free ports, without a database: senders come from the saved copy. */
export interface TestIngest {
  readonly running: RunningIngest;
  readonly home: string;
  readonly tenantId: string;
  readonly ingestKey: string;
  readonly limitedKey: string;
  readonly keyring: Keyring;
  post(path: string, body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Promise<Response>;
  /** Stops the ingest and reads everything that was landed, in order. */
  stopAndRead(): Promise<LandedRecord[]>;
  restart(env?: Record<string, string>): Promise<void>;
  metric(name: string): Promise<number>;
  remove(): Promise<void>;
}

const recordsPath = '/v1/log-groups/app/log-streams/web-1/records';

function testEnv(home: string, extra: Record<string, string>): IngestEnv {
  const env = readIngestEnv({ AKASHI_HOME: home, LOG_LEVEL: 'silent', ...extra });
  return { ...env, ports: { http: 0, https: 0, syslog: 0, syslogTls: 0 } };
}

/** One organisation of a real ledger with its keys, and what an ingest needs to take lines in for it. */
export interface LedgerHome extends TestTenant {
  readonly home: string;
  readonly keyring: Keyring;
  readonly env: IngestEnv;
}

/** `url` is where the ingest reaches the ledger, which need not be the way that the test has to it. */
export async function openLedgerHome(
  database: Database,
  { url, kind = 'customer' }: { url: string; kind?: 'customer' | 'platform' },
): Promise<LedgerHome> {
  const home = await mkdtemp(join(tmpdir(), 'akashi-ingest-'));
  const keyring = openKeyring({ dir: join(home, 'keys') });
  const env = testEnv(home, { DATABASE_URL: url });
  return { ...(await createTestTenant({ database, keyring, kind })), home, keyring, env };
}

export async function openTestIngest(
  options: {
    env?: Record<string, string>;
    fingerprint?: (keyring: Keyring) => Promise<string>;
    /** Of the one organisation; without it everything is allowed. */
    tenant?: { status?: string; quotas?: object; storedBytes?: number };
    /** Of the loopback source and of the first key. */
    encoding?: string;
  } = {},
): Promise<TestIngest> {
  const home = await mkdtemp(join(tmpdir(), 'akashi-ingest-'));
  const tenantId = randomUUID();
  const keyring = openKeyring({ dir: join(home, 'keys') });
  await keyring.createTenantKeys(tenantId);
  const ingestKey = `test-${randomUUID()}`;
  const limitedKey = `test-${randomUUID()}`;
  const sha256 = (key: string): string => createHash('sha256').update(key).digest('hex');
  const source = {
    tenantId,
    kind: 'syslog',
    addressRange: null,
    certificateFingerprint: null,
    format: null,
    encoding: null,
  };
  await mkdir(join(home, 'inbox'), { mode: 0o700 });
  const senders = {
    version: 1,
    keys: [
      {
        id: 'key-1',
        tenantId,
        sha256: sha256(ingestKey),
        logGroups: ['*'],
        addressRanges: [],
        expiresAt: null,
        encoding: options.encoding ?? null,
      },
      {
        id: 'key-2',
        tenantId,
        sha256: sha256(limitedKey),
        logGroups: ['app/*'],
        addressRanges: ['127.0.0.0/8'],
        expiresAt: null,
      },
    ],
    sources: [
      {
        ...source,
        id: 'loopback',
        name: 'loopback',
        addressRange: '127.0.0.0/8',
        logGroup: 'syslog',
        timeZone: 'Asia/Tokyo',
        encoding: options.encoding ?? null,
      },
      ...(options.fingerprint === undefined
        ? []
        : [
            {
              ...source,
              id: 'certified',
              name: 'certified',
              certificateFingerprint: await options.fingerprint(keyring),
              logGroup: 'secure',
              timeZone: null,
            },
          ]),
    ],
  };
  const tenants = [{ id: tenantId, status: 'active', quotas: unlimitedQuotas, storedBytes: 0, ...options.tenant }];
  await writeFile(join(home, 'inbox', 'senders.json'), JSON.stringify({ ...senders, tenants }), { mode: 0o600 });
  const logger = createLogger({ name: 'test', level: 'silent' });
  let running: RunningIngest | undefined = await startIngest(testEnv(home, options.env ?? {}), logger);

  const current = (): RunningIngest => {
    if (running === undefined) throw new Error('the ingest is stopped');
    return running;
  };
  const stop = async (): Promise<void> => {
    await running?.close();
    running = undefined;
  };
  return {
    get running() {
      return current();
    },
    home,
    tenantId,
    ingestKey,
    limitedKey,
    keyring,
    post: (path, body, headers = {}) =>
      fetch(`${current().url}${path === '' ? recordsPath : path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain', ...headers },
        body,
      }),
    async stopAndRead() {
      await stop();
      return readLanded(join(home, 'inbox'), keyring);
    },
    async restart(env = {}) {
      await stop();
      running = await startIngest(testEnv(home, env), logger);
    },
    async metric(name) {
      const text = await (await fetch(`${current().url}/metrics`)).text();
      const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
    async remove() {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export async function readLanded(inboxDir: string, keyring: Keyring): Promise<LandedRecord[]> {
  const landed: LandedRecord[] = [];
  for (const { path } of await listSegments(inboxDir)) {
    for (const batch of (await readSegment(path, keyring)).batches) {
      const origin = decodeBatchOrigin(batch.origin);
      for (const { bytes, flags } of batch.records) landed.push({ text: bytes.toString(), bytes, flags, origin });
    }
  }
  return landed;
}
