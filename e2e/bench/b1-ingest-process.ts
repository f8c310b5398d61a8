import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePortBase } from '@akashi/testkit';

/** A real ingest process with a home of its own: one tenant, one key, loopback as its syslog source. */
export interface IngestProcess {
  readonly httpPort: number;
  readonly syslogPort: number;
  readonly ingestKey: string;
  acceptedRecords(transport: 'http' | 'syslog-tcp'): Promise<number>;
  /** There is no worker here: what was measured is thrown away between rounds. */
  dropSegments(): Promise<void>;
  stop(): Promise<void>;
}

const mainPath = fileURLToPath(new URL('../../apps/ingest/src/main.ts', import.meta.url));

export async function startIngestProcess(): Promise<IngestProcess> {
  const home = await mkdtemp(join(tmpdir(), 'akashi-b1-'));
  const tenantId = randomUUID();
  const ingestKey = randomBytes(24).toString('base64url');
  await writeHome(home, tenantId, ingestKey);
  const base = await freePortBase([2, 14, 15]);
  const child = spawn(process.execPath, ['--conditions=source', mainPath], {
    env: {
      PATH: process.env['PATH'],
      AKASHI_HOME: home,
      PORT_BASE: String(base),
      LOG_LEVEL: 'error',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const httpPort = base + 2;
  const url = `http://127.0.0.1:${httpPort}`;
  await waitUntil(
    async () => child.exitCode !== null || (await fetch(`${url}/healthz`).then(isOk, () => false)),
    60_000,
  );
  if (child.exitCode !== null) throw new Error('the ingest process did not start');
  return {
    httpPort,
    syslogPort: base + 14,
    ingestKey,
    async acceptedRecords(transport) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const line = text
        .split('\n')
        .find((each) => each.startsWith('akashi_accepted_records_total{') && each.includes(`"${transport}"`));
      return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')));
    },
    async dropSegments() {
      const folder = join(home, 'inbox', tenantId);
      const names = (await readdir(folder)).filter((name) => name.endsWith('.segment'));
      await Promise.all(names.map((name) => rm(join(folder, name))));
    },
    async stop() {
      await stopProcess(child);
      await rm(home, { recursive: true });
    },
  };
}

function isOk(response: Response): boolean {
  return response.ok;
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function writeHome(home: string, tenantId: string, ingestKey: string): Promise<void> {
  const keys = join(home, 'keys', 'tenants', tenantId, 'inbox');
  await mkdir(keys, { recursive: true, mode: 0o700 });
  const keyId = 'inbox-0001-00000000';
  const line = `akashi-inbox-key ${keyId} ${randomBytes(32).toString('base64')}\n`;
  await writeFile(join(keys, `${keyId}.key`), line, { mode: 0o600 });
  await mkdir(join(home, 'inbox'), { mode: 0o700 });
  const sha256 = createHash('sha256').update(ingestKey).digest('hex');
  const senders = {
    version: 1,
    keys: [{ id: 'bench', tenantId, sha256, logGroups: ['*'], addressRanges: [], expiresAt: null, encoding: null }],
    sources: [
      {
        id: 'loopback',
        tenantId,
        kind: 'syslog',
        name: 'loopback',
        addressRange: '127.0.0.0/8',
        certificateFingerprint: null,
        logGroup: 'syslog',
        timeZone: null,
        format: null,
        encoding: null,
      },
    ],
    tenants: [
      { id: tenantId, status: 'active', quotas: { bytesPerSecond: null, recordsPerSecond: null }, storedBytes: 0 },
    ],
  };
  await writeFile(join(home, 'inbox', 'senders.json'), JSON.stringify(senders), { mode: 0o600 });
}

export async function waitUntil(
  isTrue: () => Promise<boolean> | boolean,
  timeoutMs: number,
  everyMs = 50,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('it did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
