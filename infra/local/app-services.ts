import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, type Installation } from './installation.ts';
import type { ServiceDefinition } from './service-process.ts';

/** Addresses of the stores that this installation uses, embedded or outside. */
export interface StoreUrls {
  readonly databaseUrl: string;
  readonly opensearchUrl: string;
  readonly redisUrl: string | undefined;
}

async function answersOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
  return answer?.ok === true;
}

/** Settings that every app of the installation reads from its environment. */
export function appEnvironment(installation: Installation, stores: StoreUrls): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    AKASHI_HOME: installation.home,
    PORT_BASE: String(installation.portBase),
    BIND_ADDRESS: installation.bindAddress,
    DATABASE_URL: stores.databaseUrl,
    OPENSEARCH_URL: stores.opensearchUrl,
    INGEST_URL: `http://${hostOf(installation)}:${installation.ports.ingest}`,
    SMTP_URL: installation.outside.smtpUrl ?? `smtp://127.0.0.1:${installation.ports.mail}`,
    ...(process.env['AKASHI_WEB_URL'] === undefined ? {} : { AKASHI_WEB_URL: process.env['AKASHI_WEB_URL'] }),
    ...(stores.redisUrl === undefined ? {} : { REDIS_URL: stores.redisUrl }),
  };
}

/** Where the parts reach each other. */
function hostOf({ bindAddress }: Installation): string {
  return bindAddress === '0.0.0.0' ? '127.0.0.1' : bindAddress;
}

/**
 * The heaps of worker and ingest are small, but megabytes pass by outside of them, and a small heap is walked through for
 * each few of those: a third of the worker's CPU time, and receipts that wait for it several times a second. Starting
 * larger, and for ingest growing as fast as V8 ever lets a heap grow (four times what is alive, also after a quiet time),
 * costs some memory and saves that.
 */
const heapOptions: Partial<Record<string, readonly string[]>> = {
  worker: ['--initial-old-space-size=256', '--max-semi-space-size=32'],
  ingest: ['--initial-old-space-size=256', '--heap-growing-percent=300'],
};

function nodeApp(name: 'ingest' | 'worker' | 'api', port: number, context: AppContext): ServiceDefinition {
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', ...(heapOptions[name] ?? []), join(repositoryRoot, 'apps', name, 'dist', 'main.js')],
    cwd: repositoryRoot,
    env: context.env,
    logFile: join(context.installation.home, 'logs', `${name}.log`),
    isReady: () => answersOk(`http://${context.host}:${port}/readyz`),
    readyWithinMs: 180_000,
    ...(name === 'worker' ? { niceness: 5 } : {}),
    ...(name === 'ingest' ? { shortTurns: true } : {}),
    takeCrashpoint: () => takeCrashpoint(context.installation.home, name),
  };
}

/** Drills leave the name of a crash point in a file; it arms one start and is gone, so that the next one recovers. */
function takeCrashpoint(home: string, app: string): string | undefined {
  const path = join(home, 'drill', `${app}.crashpoint`);
  if (process.env['AKASHI_DRILL'] !== '1' || !existsSync(path)) return undefined;
  const crashpoint = readFileSync(path, 'utf8').trim();
  rmSync(path);
  return crashpoint;
}

interface AppContext {
  readonly installation: Installation;
  readonly env: NodeJS.ProcessEnv;
  readonly host: string;
}

/** The apps in the order they start: what others call first. */
export function appServices(installation: Installation, stores: StoreUrls): ServiceDefinition[] {
  const env = appEnvironment(installation, stores);
  const host = hostOf(installation);
  const context: AppContext = { installation, env, host };
  const { ports } = installation;
  return [
    // The intake is there as long as any other part, so that each part's stop comes on record.
    nodeApp('ingest', ports.ingest, context),
    nodeApp('worker', ports.worker, context),
    nodeApp('api', ports.api, context),
    {
      name: 'web',
      command: process.execPath,
      args: [
        join(repositoryRoot, 'node_modules', 'next', 'dist', 'bin', 'next'),
        'start',
        '--port',
        String(ports.web),
        '--hostname',
        installation.bindAddress,
      ],
      cwd: join(repositoryRoot, 'apps', 'web'),
      env: { ...env, API_URL: `http://${host}:${ports.api}` },
      logFile: join(installation.home, 'logs', 'web.log'),
      isReady: () => answersOk(`http://${host}:${ports.web}/sign-in`),
      readyWithinMs: 180_000,
    },
  ];
}
