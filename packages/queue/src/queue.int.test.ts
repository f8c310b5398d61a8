import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openQueue, prepareQueue, type Queue, type SegmentPayload } from './index.ts';

/** A TCP relay that can be cut and restored, which to its clients is a server that restarts. */
async function openRelay(
  targetPort: number,
): Promise<{ port: number; cut(): Promise<void>; restore(): Promise<void>; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer((near) => {
        const far = connect(targetPort, '127.0.0.1');
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => undefined);
          socket.on('close', () => sockets.delete(socket));
        }
        near.pipe(far).pipe(near);
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
      });
      server.on('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address === 'object' && address !== null) port = address.port;
        resolve();
      });
    });
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen();
  return { port, cut, restore: listen, close: cut };
}

interface Served {
  relay: Awaited<ReturnType<typeof openRelay>>;
  open(node?: string): Queue;
  stop(): Promise<void>;
}

const quiet = { waitingBytes: 0 };
const concurrency = { express: 2, ordinary: 2 };
const errors: Error[] = [];
const onError = (error: Error): void => void errors.push(error);

async function servePostgres(serverUrl: string): Promise<Served> {
  const name = `akashi_queue_${randomUUID().replaceAll('-', '')}`;
  const server = new Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const relay = await openRelay(Number(new URL(serverUrl).port || 5432));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  url.hostname = '127.0.0.1';
  url.port = String(relay.port);
  await prepareQueue(url.href);
  return {
    relay,
    open: (node = 'one') => openQueue({ node, databaseUrl: url.href, onError }),
    stop: async () => {
      await relay.close();
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.end();
    },
  };
}

async function serveRedis(): Promise<Served> {
  const directory = mkdtempSync(join(tmpdir(), 'akashi-redis-'));
  const probe = await openRelay(1);
  const port = probe.port;
  await probe.close();
  const child: ChildProcess = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''],
    {
      stdio: 'ignore',
    },
  );
  const relay = await openRelay(port);
  await vi.waitUntil(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
        socket.on('connect', () => socket.end());
      }),
    { timeout: 10_000 },
  );
  return {
    relay,
    open: (node = 'one') => openQueue({ node, redisUrl: `redis://127.0.0.1:${relay.port}`, onError }),
    stop: async () => {
      await relay.close();
      child.kill();
      await new Promise((resolve) => child.once('exit', resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const databaseUrl = process.env['DATABASE_URL'];
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (databaseUrl === undefined) process.stderr.write('skipped on PostgreSQL: DATABASE_URL names no server\n');
if (!hasRedis) process.stderr.write('skipped on Redis: redis-server is not installed\n');

const backends = [
  { name: 'PostgreSQL', available: databaseUrl !== undefined, serve: () => servePostgres(databaseUrl ?? '') },
  { name: 'Redis', available: hasRedis, serve: serveRedis },
];

describe.each(backends)('the queue on $name', ({ available, serve }) => {
  let served: Served;
  let queue: Queue;

  beforeAll(async () => {
    if (!available) return;
    served = await serve();
    queue = served.open();
  });
  afterAll(async () => {
    if (!available) return;
    await queue.close();
    await served.stop();
  });

  const payload = (): SegmentPayload => ({ schema: 1, tenantId: randomUUID(), segmentId: randomUUID() });

  it.skipIf(!available)('delivers each segment once and forgets it when done', async () => {
    const wanted = [payload(), payload(), payload()];
    for (const each of [...wanted, ...wanted]) await queue.enqueueSegment(each, quiet);
    const [first] = wanted;
    expect(await queue.hasLiveJob(first?.segmentId ?? '')).toBe(true);
    expect(await queue.hasLiveJob(randomUUID())).toBe(false);
    expect(await queue.liveSegmentIds([...wanted.map((each) => each.segmentId), 'none'])).toEqual(
      new Set(wanted.map((each) => each.segmentId)),
    );
    const taken: string[] = [];
    const consumer = queue.consumePipeline(
      async (each, { attempt }) => void taken.push(`${each.segmentId} ${attempt}`),
      { concurrency },
    );
    await vi.waitUntil(() => taken.length >= 3, { timeout: 10_000 });
    await vi.waitUntil(async () => Object.values(await queue.counts()).every((count) => count === 0), {
      timeout: 10_000,
    });
    await consumer.close();
    expect(taken.toSorted()).toEqual(wanted.map((each) => `${each.segmentId} 1`).toSorted());
    expect(await queue.hasLiveJob(first?.segmentId ?? '')).toBe(false);
  });

  it.skipIf(!available)('gives a node the segments that lie there, and no others', async () => {
    const two = served.open('two');
    const [here, there] = [payload(), payload()];
    const taken: string[] = [];
    const consumers = [
      queue.consumePipeline(async ({ segmentId }) => void taken.push(`one ${segmentId}`), { concurrency }),
      two.consumePipeline(async ({ segmentId }) => void taken.push(`two ${segmentId}`), { concurrency }),
    ];
    await two.enqueueSegment(there, quiet);
    await queue.enqueueSegment(here, quiet);
    await vi.waitUntil(() => taken.length === 2, { timeout: 10_000 });
    expect(taken.toSorted()).toEqual([`one ${here.segmentId}`, `two ${there.segmentId}`]);
    await Promise.all(consumers.map((each) => each.close()));
    // A node that is gone: what lies there waits for it.
    await two.enqueueSegment(there, quiet);
    expect(await queue.hasLiveJob(there.segmentId)).toBe(false);
    expect((await queue.counts()).waiting).toBe(0);
    const again = two.consumePipeline(async ({ segmentId }) => void taken.push(`two ${segmentId}`), { concurrency });
    await vi.waitUntil(() => taken.length === 3, { timeout: 10_000 });
    await again.close();
    await two.close();
  });

  it.skipIf(!available)('tries again what may pass, and takes a segment anew after it ended for good', async () => {
    const passing = payload();
    const ended = payload();
    const seen: string[] = [];
    const consumer = queue.consumePipeline(
      async (each) => {
        seen.push(each.segmentId);
        const times = seen.filter((id) => id === each.segmentId).length;
        if (each.segmentId === passing.segmentId && times < 3)
          throw Object.assign(new Error('away'), { code: 'search-unavailable' });
        if (each.segmentId === ended.segmentId && times < 2)
          throw Object.assign(new Error('torn'), { retryable: false });
      },
      { concurrency },
    );
    await queue.enqueueSegment(passing, quiet);
    await queue.enqueueSegment(ended, quiet);
    await vi.waitUntil(() => seen.filter((id) => id === passing.segmentId).length === 3, { timeout: 20_000 });
    await vi.waitUntil(async () => !(await queue.hasLiveJob(ended.segmentId)), { timeout: 10_000 });
    expect(seen.filter((id) => id === ended.segmentId)).toHaveLength(1);
    await queue.enqueueSegment(ended, quiet);
    await vi.waitUntil(() => seen.filter((id) => id === ended.segmentId).length === 2, { timeout: 10_000 });
    await vi.waitUntil(async () => Object.values(await queue.counts()).every((count) => count === 0), {
      timeout: 10_000,
    });
    await consumer.close();
  });

  it.skipIf(!available)('serves whoever has little waiting before a flood that came first', async () => {
    const flood = Array.from({ length: 8 }, payload);
    const small = payload();
    // In the same lane: it has more waiting than the express lane takes.
    for (const [index, each] of flood.entries()) {
      await queue.enqueueSegment(each, { waitingBytes: (index + 20) * 8 * 1024 ** 2 });
    }
    await queue.enqueueSegment(small, { waitingBytes: 1024 ** 2 });
    expect((await queue.counts()).waiting).toBe(9);
    const taken: string[] = [];
    const consumer = queue.consumePipeline(async (each) => void taken.push(each.segmentId), {
      concurrency: { express: 1, ordinary: 1 },
    });
    await vi.waitUntil(() => taken.length === 9, { timeout: 10_000 });
    await consumer.close();
    expect(taken).toEqual([small, ...flood].map((each) => each.segmentId));
  });

  it.skipIf(!available)('takes turns with a flood that came long before and is not worked off yet', async () => {
    const flood = Array.from({ length: 4 }, payload);
    const later = payload();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(1_000_000_000);
    for (const [index, each] of flood.entries()) {
      await queue.enqueueSegment(each, { waitingBytes: (index + 1) * 8 * 1024 ** 2 });
    }
    clock.mockReturnValue(1_003_600_000);
    await queue.enqueueSegment(later, { waitingBytes: 9 * 1024 ** 2 });
    clock.mockRestore();
    const taken: string[] = [];
    const consumer = queue.consumePipeline(async (each) => void taken.push(each.segmentId), {
      concurrency: { express: 1, ordinary: 1 },
    });
    await vi.waitUntil(() => taken.length === 5, { timeout: 10_000 });
    await consumer.close();
    expect(taken.indexOf(later.segmentId)).toBe(2);
  });

  it.skipIf(!available)('serves whoever has next to nothing waiting while all ordinary jobs go on', async () => {
    const long = [payload(), payload()];
    const small = payload();
    const ended = new AbortController();
    const taken: string[] = [];
    const consumer = queue.consumePipeline(
      async ({ segmentId }, { lane }) => {
        taken.push(`${segmentId} ${lane}`);
        if (lane === 'ordinary') await once(ended.signal, 'abort');
      },
      { concurrency },
    );
    for (const each of long) await queue.enqueueSegment(each, { waitingBytes: 8 * 1024 ** 2 });
    await vi.waitUntil(() => taken.length === 2, { timeout: 10_000 });
    await queue.enqueueSegment(small, { waitingBytes: 2_000 });
    await vi.waitUntil(() => taken.includes(`${small.segmentId} express`), { timeout: 10_000 });
    ended.abort();
    await consumer.close();
  });

  it.skipIf(!available)('keeps one job a segment, whichever lane it is owed when it comes again', async () => {
    const twice = payload();
    await queue.enqueueSegment(twice, { waitingBytes: 8 * 1024 ** 2 });
    await queue.enqueueSegment(twice, quiet);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
    const taken: string[] = [];
    const consumer = queue.consumePipeline(async ({ segmentId }) => void taken.push(segmentId), { concurrency });
    await vi.waitUntil(() => taken.length === 1, { timeout: 10_000 });
    await consumer.close();
    expect(taken).toEqual([twice.segmentId]);
  });

  it.skipIf(!available)('refuses a payload that carries more or less than a reference', async () => {
    await expect(queue.enqueueSegment({ ...payload(), segmentId: 'a log line' }, quiet)).rejects.toThrow();
  });

  it.skipIf(!available)(
    'ticks for all who listen together, and goes on as it did when it is asked for again',
    async () => {
      const ticks: string[] = [];
      const consumers = ['a', 'b'].map((name) =>
        queue.consumeDuties(
          { tick: () => Promise.resolve(void ticks.push(name)), run: () => Promise.resolve() },
          { concurrency: { short: 1, long: 1 } },
        ),
      );
      const startedAtMs = Date.now();
      await Promise.all([queue.keepTicking(1_000), queue.keepTicking(1_000)]);
      await queue.keepTicking(1_000);
      await vi.waitUntil(() => ticks.length >= 3, { timeout: 20_000 });
      // The first comes at once; each later one is a second apart, however many listen.
      expect(ticks.length).toBeLessThanOrEqual((Date.now() - startedAtMs) / 1_000 + 2);
      await Promise.all(consumers.map((each) => each.close()));
    },
  );

  it.skipIf(!available)('hands each run of a duty to one consumer, and takes it anew once it ended', async () => {
    const name = { schema: 1, tenantId: randomUUID(), duty: 'heartbeat', period: '2026-11-30T09:05Z' } as const;
    const ofInstallation = { ...name, tenantId: null, duty: 'storage-watch' };
    await Promise.all([name, name, ofInstallation].map((each) => queue.enqueueDutyRun(each, { length: 'short' })));
    await queue.enqueueDutyRun({ ...name, duty: 'verification' }, { length: 'long' });
    const taken: string[] = [];
    const consumer = queue.consumeDuties(
      {
        tick: () => Promise.resolve(),
        run: ({ duty }) => {
          taken.push(duty);
          return duty === 'heartbeat' ? Promise.reject(new Error('failed')) : Promise.resolve();
        },
      },
      { concurrency: { short: 2, long: 1 } },
    );
    await vi.waitUntil(() => taken.length === 3, { timeout: 10_000 });
    expect(taken.toSorted()).toEqual(['heartbeat', 'storage-watch', 'verification']);
    await queue.enqueueDutyRun(name, { length: 'short' });
    await vi.waitUntil(() => taken.length === 4, { timeout: 10_000 });
    await consumer.close();
    await expect(queue.enqueueDutyRun({ ...name, duty: 'a log line' }, { length: 'short' })).rejects.toThrow();
  });

  it.skipIf(!available)('hands each run of a report to one consumer, and takes it anew once it ended', async () => {
    const name = { schema: 1, tenantId: randomUUID(), runId: randomUUID() } as const;
    await Promise.all([name, name].map((each) => queue.enqueueReportRun(each)));
    const taken: string[] = [];
    const consumers = ['a', 'b'].map(() =>
      queue.consumeReportRuns(
        ({ runId }) => {
          taken.push(runId);
          return Promise.reject(new Error('failed'));
        },
        { concurrency: 1 },
      ),
    );
    await vi.waitUntil(() => taken.length === 1, { timeout: 10_000 });
    await vi.waitUntil(
      async () => {
        await queue.enqueueReportRun(name);
        return taken.length > 1;
      },
      { timeout: 10_000 },
    );
    expect(new Set(taken)).toEqual(new Set([name.runId]));
    await Promise.all(consumers.map((each) => each.close()));
  });

  it.skipIf(!available)('goes on after its server was away', async () => {
    const taken: string[] = [];
    const consumer = queue.consumePipeline(async (each) => void taken.push(each.segmentId), {
      concurrency: { express: 1, ordinary: 1 },
    });
    const before = payload();
    await queue.enqueueSegment(before, quiet);
    await vi.waitUntil(() => taken.includes(before.segmentId), { timeout: 10_000 });
    await served.relay.cut();
    await expect(queue.enqueueSegment(payload(), quiet)).rejects.toThrow();
    const starting = served.open();
    await expect(starting.ping()).rejects.toThrow();
    await served.relay.restore();
    const after = payload();
    await vi.waitUntil(
      () =>
        queue.enqueueSegment(after, quiet).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000, interval: 200 },
    );
    await vi.waitUntil(() => taken.includes(after.segmentId), { timeout: 20_000 });
    await vi.waitUntil(
      () =>
        starting.ping().then(
          () => true,
          () => false,
        ),
      { timeout: 20_000, interval: 200 },
    );
    await starting.close();
    await consumer.close();
  });
});
