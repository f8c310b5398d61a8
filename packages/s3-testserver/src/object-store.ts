import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { findVersitygw } from './versitygw-program.ts';

const readyWithinMs = 20_000;
const lookAgainMs = 50;
export const objectStoreRegion = 'us-east-1';

/** A real S3 server with Object Lock, on this machine, whose objects lie in a folder. */
export interface ObjectStore {
  readonly endpoint: string;
  /** The usual AWS environment with the credentials of the server's owner. */
  readonly env: Readonly<Record<'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_REGION', string>>;
  /** Of the owner, for what the product itself never does. */
  readonly client: S3Client;
  makeBucket(name: string, options?: { objectLock?: boolean }): Promise<void>;
  archiveUrl(bucket: string, prefix?: string): string;
  /** Where the newest version of an object lies, for those who tamper with it behind the server's back. */
  pathOf(bucket: string, key: string): string;
  /** As a crash: nothing is told of it. */
  kill(): Promise<void>;
  /** Again at the same address, after `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ObjectStoreSettings {
  /** Everything of it lies here. */
  readonly dir: string;
  /** Left out: a free one. */
  readonly port?: number;
}

/**
 * Starts the server, or answers in a sentence why there is none on this machine. It runs until `stop`, and ends with
 * this process at the latest.
 */
export async function startObjectStore(settings: ObjectStoreSettings): Promise<ObjectStore | { missing: string }> {
  const program = await findVersitygw();
  if ('missing' in program) return program;
  const port = settings.port ?? (await findFreePort());
  const folders = { objects: join(settings.dir, 'objects'), versions: join(settings.dir, 'versions') };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const endpoint = `http://127.0.0.1:${port}`;
  const env = {
    AWS_ACCESS_KEY_ID: 'akashi-test',
    AWS_SECRET_ACCESS_KEY: randomBytes(24).toString('base64url'),
    AWS_REGION: objectStoreRegion,
  };
  const client = new S3Client({
    endpoint,
    region: objectStoreRegion,
    forcePathStyle: true,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  });
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  };
  const endWithThisProcess = (): void => void child?.kill('SIGKILL');
  process.on('exit', endWithThisProcess);
  const store: ObjectStore = {
    endpoint,
    env,
    client,
    makeBucket: async (name, { objectLock = true } = {}) => {
      await client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: objectLock }));
    },
    archiveUrl: (bucket, prefix = '') =>
      `s3://${bucket}/${prefix}?endpoint=${encodeURIComponent(endpoint)}&region=${objectStoreRegion}`,
    pathOf: (bucket, key) => join(folders.objects, bucket, key),
    kill: () => end('SIGKILL'),
    start: async () => {
      const args = ['--port', `127.0.0.1:${port}`, '--keep-alive', '--quiet'];
      child = spawn(program.path, [...args, 'posix', '--versioning-dir', folders.versions, folders.objects], {
        env: {
          PATH: process.env['PATH'],
          ROOT_ACCESS_KEY: env.AWS_ACCESS_KEY_ID,
          ROOT_SECRET_KEY: env.AWS_SECRET_ACCESS_KEY,
        },
        stdio: 'ignore',
      });
      await untilItAnswers(endpoint, child);
    },
    stop: async () => {
      process.off('exit', endWithThisProcess);
      client.destroy();
      await end('SIGTERM');
    },
  };
  await store.start();
  return store;
}

async function untilItAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(readyWithinMs);
  while (!signal.aborted && child.exitCode === null) {
    const answer = await fetch(endpoint, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer !== undefined) return;
    await delay(lookAgainMs);
  }
  throw new Error(`the S3 server for tests did not come up at ${endpoint}`);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
