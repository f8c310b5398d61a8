import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase, type Database } from '@akashi/database';
import { openQueue } from '@akashi/queue';
import { createLogger } from '@akashi/server-kit';
import { createTestDatabase, findDatabaseServer, freePortBase, type TestDatabase } from '@akashi/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { listSegments } from '@akashi/inbox';
import { openLedgerHome, openTestIngest, readLanded, type TestIngest } from './ingest.fixtures.ts';
import { startIngest, type RunningIngest } from './start-ingest.ts';

const patient = { timeout: 60_000, interval: 50 };

/** Stands between the ingest and PostgreSQL, so that PostgreSQL can be "away" without stopping it for others. */
async function openProxy(
  target: URL,
): Promise<{ url: string; server: Server; cut(): void; mend(): void; close(): void }> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    server,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    close() {
      drop();
      server.close();
    },
  };
}

const serverUrl = findDatabaseServer();

describe.runIf(serverUrl !== undefined)('with a ledger', { timeout: 180_000 }, () => {
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    database = openDatabase({ url: test.url });
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  it('registers and enqueues each segment, also those closed while PostgreSQL was away', async () => {
    const proxy = await openProxy(new URL(test.url));
    const { home, env, database: mine, ingestKey: key } = await openLedgerHome(database, { url: proxy.url });
    const queue = openQueue({ node: env.node, databaseUrl: test.url });
    const logger = createLogger({ name: 'test', level: 'silent' });
    let running: RunningIngest = await startIngest(env, logger);
    const send = (text: string, bearer = key): Promise<number> =>
      fetch(`${running.url}/v1/log-groups/app/log-streams/s/records`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'text/plain' },
        body: text,
      }).then((response) => response.status);
    const registered = async (): Promise<number[]> => {
      const rows = await Promise.all(
        (await listSegments(env.inboxDir)).map(({ segmentId }) => mine.segments.get(segmentId)),
      );
      return rows.flatMap((row) => row?.records ?? []);
    };

    expect(await send('one\ntwo')).toBe(201);
    await vi.waitFor(async () => expect(await registered()).toEqual([2]), patient);
    const [first] = await listSegments(env.inboxDir);
    await vi.waitFor(async () => expect(await queue.hasLiveJob(first?.segmentId ?? '')).toBe(true), patient);
    expect(await mine.segments.get(first?.segmentId ?? '')).toMatchObject({ records: 2, bytes: 6, blockNumber: null });

    proxy.cut();
    expect(await send('three')).toBe(201);
    await vi.waitFor(async () => expect(await listSegments(env.inboxDir)).toHaveLength(2), patient);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    await running.close();

    running = await startIngest(env, logger);
    expect(await send('four')).toBe(201);
    expect(await registered()).toEqual([2]);
    const saved = await stat(join(env.inboxDir, 'senders.json'));
    expect(saved.mode & 0o777).toBe(0o600);
    expect(await readFile(join(env.inboxDir, 'senders.json'), 'utf8')).not.toContain(key);

    proxy.mend();
    await vi.waitFor(async () => expect(await registered()).toEqual([2, 1, 1]), patient);
    for (const { segmentId } of await listSegments(env.inboxDir)) {
      await vi.waitFor(async () => expect(await queue.hasLiveJob(segmentId)).toBe(true), patient);
    }

    const withdrawn = await mine.accessKeys.list();
    await mine.accessKeys.revoke(withdrawn.find(({ kind }) => kind === 'ingest')?.id ?? '');
    await vi.waitFor(async () => expect(await send('five')).toBe(401), patient);

    await running.close();
    await queue.close();
    proxy.close();
    await rm(home, { recursive: true });
  });
});

// A process start takes seconds on a busy machine.
describe('a process of its own', { timeout: 180_000 }, () => {
  let ingest: TestIngest;
  beforeEach(async () => {
    ingest = await openTestIngest();
  });
  afterEach(() => ingest.remove());

  const mainPath = fileURLToPath(new URL('./main.ts', import.meta.url));
  const ports = [2, 4, 14, 15];
  const steps = ['landing-before-write', 'landing-after-write', 'landing-after-sync', 'landing-after-ack'];

  it.each(steps)('killed at %s loses nothing that was acknowledged, and a repetition doubles nothing', async (step) => {
    await ingest.stopAndRead();
    const portBase = await freePortBase(ports);
    const child = spawn(process.execPath, ['--conditions=source', mainPath], {
      env: {
        AKASHI_HOME: ingest.home,
        PORT_BASE: String(portBase),
        AKASHI_CRASHPOINT: `${step}:3`,
        LOG_LEVEL: 'silent',
      },
      stdio: 'inherit',
    });
    const exited = once(child, 'exit');
    const url = `http://127.0.0.1:${portBase + 2}`;
    await vi.waitFor(async () => expect((await fetch(`${url}/healthz`)).status).toBe(200), patient);
    const acknowledged: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const response = await fetch(`${url}/v1/log-groups/app/log-streams/web-1/records`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${ingest.ingestKey}`,
          'content-type': 'text/plain',
          'idempotency-key': `batch-${n}`,
        },
        body: `batch ${n}`,
      }).catch(() => undefined);
      if (response?.status === 201) acknowledged.push(n);
    }
    expect((await exited)[1]).toBe('SIGKILL');
    expect(acknowledged.slice(0, 2)).toEqual([0, 1]);

    await ingest.restart();
    const recovered = (await readLanded(join(ingest.home, 'inbox'), ingest.keyring)).map((record) => record.text);
    for (const n of acknowledged) expect(recovered).toContain(`batch ${n}`);
    for (let n = 0; n < 5; n += 1) {
      const response = await ingest.post('', `batch ${n}`, { 'idempotency-key': `batch-${n}` });
      expect(response.status).toBe(201);
    }
    const all = (await ingest.stopAndRead()).map((record) => record.text);
    expect(all.sort()).toEqual(['batch 0', 'batch 1', 'batch 2', 'batch 3', 'batch 4']);
  });

  it('says which port is taken, and by which variable it moves', async () => {
    await ingest.stopAndRead();
    const portBase = await freePortBase(ports);
    for (const offset of ports) {
      const blocker = createServer().listen(portBase + offset, '127.0.0.1');
      await once(blocker, 'listening');
      const child = spawn(process.execPath, ['--conditions=source', mainPath], {
        env: { AKASHI_HOME: ingest.home, PORT_BASE: String(portBase), LOG_LEVEL: 'silent' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(1);
      expect(said).toContain(`Port ${portBase + offset} on 127.0.0.1 is taken`);
      expect(said).toContain('PORT_BASE');
      blocker.close();
      await once(blocker, 'close');
    }
  });
});
