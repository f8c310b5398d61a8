import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RunningInstallation } from '../installation/installation.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { DrillInstallation } from './drill-installation.ts';
import { runCommand } from './run-command.ts';

const lostTailBytes = 4_096;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function startRedis(folder: string, port: number): ChildProcess {
  const persistence = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--aof-load-truncated', 'yes'];
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--maxmemory-policy',
    'noeviction',
    ...persistence,
  ];
  return spawn('redis-server', args, { stdio: 'ignore' });
}

/** Takes away what a power cut would: the newest bytes of the append-only file. */
function cutAppendOnlyFile(folder: string): void {
  const files = join(folder, 'appendonlydir');
  for (const name of readdirSync(files).filter((file) => file.includes('.incr.'))) {
    const path = join(files, name);
    truncateSync(path, Math.max(0, statSync(path).size - lostTailBytes));
  }
}

/** Redis as the queue, killed twice, each time losing the last of what it had written. */
async function loseRedisTail(): Promise<DrillResult> {
  if ((await runCommand('redis-server', ['--version'])).code !== 0) {
    return { drill: 'F6', result: 'skip', detail: 'redis-server is not installed' };
  }
  const folder = mkdtempSync(join(tmpdir(), 'akashi-redis-'));
  const port = await freePort();
  let redis = startRedis(folder, port);
  try {
    const running = await RunningInstallation.start({
      env: { AKASHI_DRILL: '1', REDIS_URL: `redis://127.0.0.1:${port}` },
    });
    const installation = new DrillInstallation(running);
    try {
      return await installation.underLoad('F6', async () => {
        for (let round = 0; round < 2; round += 1) {
          const ended = new Promise((resolve) => redis.once('exit', resolve));
          redis.kill('SIGKILL');
          await ended;
          cutAppendOnlyFile(folder);
          await delay(2_000);
          redis = startRedis(folder, port);
          await delay(2_000);
        }
      });
    } finally {
      await running.stop();
    }
  } finally {
    redis.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Faults of the Redis back end, on an installation of its own. */
export function queueCases(): DrillCase[] {
  return [{ name: 'F6', about: 'Redis is killed and loses its newest writes', run: () => loseRedisTail() }];
}
