import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, type Installation } from './installation.ts';
import { asPagesUser } from './ordinary-user.ts';
import type { ServiceDefinition } from './service-process.ts';

/** The parts that work with the database, each with a login of its own. */
export const databaseParts = ['ingest', 'worker', 'api'] as const;
export type DatabasePart = (typeof databaseParts)[number];

/** Addresses of the stores that this installation uses, embedded or outside. */
export interface StoreUrls {
  /** With the rights to migrate: for what prepares and provisions, never for a part that serves. */
  readonly databaseUrl: string;
  /** What each part connects with. */
  readonly partDatabaseUrls: Readonly<Record<DatabasePart, string>>;
  readonly opensearchUrl: string;
  readonly redisUrl: string | undefined;
}

async function answersOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
  return answer?.ok === true;
}

/** Every part goes by the same clock. */
function clockEnvironment({ clock: { offsetSeconds, file } }: Installation): NodeJS.ProcessEnv {
  if (file !== undefined) return { AKASHI_CLOCK_FILE: file, AKASHI_DRILL: '1' };
  return offsetSeconds === 0 ? {} : { AKASHI_CLOCK_OFFSET_S: String(offsetSeconds), AKASHI_DRILL: '1' };
}

/** Settings that a part reads from its environment. */
export function partEnvironment(part: DatabasePart, installation: Installation, stores: StoreUrls): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    AKASHI_HOME: installation.home,
    PORT_BASE: String(installation.portBase),
    BIND_ADDRESS: installation.bindAddress,
    ...clockEnvironment(installation),
    DATABASE_URL: stores.partDatabaseUrls[part],
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

/** The pages need neither a store nor a secret: the API's address, and the one that people come by. */
function webEnvironment(installation: Installation, apiUrl: string): NodeJS.ProcessEnv {
  const { home, portBase, bindAddress } = installation;
  const publicUrl = process.env['AKASHI_WEB_URL'];
  const webProxies = process.env['AKASHI_WEB_PROXIES'];
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    AKASHI_HOME: home,
    PORT_BASE: String(portBase),
    BIND_ADDRESS: bindAddress,
    API_URL: apiUrl,
    ...(publicUrl === undefined ? {} : { AKASHI_WEB_URL: publicUrl }),
    ...clockEnvironment(installation),
    ...(webProxies === undefined ? {} : { AKASHI_WEB_PROXIES: webProxies }),
  };
}

function nodeApp(name: DatabasePart, port: number, context: AppContext): ServiceDefinition {
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', ...(heapOptions[name] ?? []), join(repositoryRoot, 'apps', name, 'dist', 'main.js')],
    cwd: repositoryRoot,
    env: partEnvironment(name, context.installation, context.stores),
    logFile: join(context.installation.home, 'logs', `${name}.log`),
    isReady: () => answersOk(`http://${context.host}:${port}/readyz`),
    readyWithinMs: 180_000,
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
  readonly stores: StoreUrls;
  readonly host: string;
  readonly say: (sentence: string) => void;
}

export interface AppServices {
  /** Starts first and stops last, so that every other part's start and stop come on record. */
  readonly intake: ServiceDefinition;
  /** Start together. */
  readonly others: readonly ServiceDefinition[];
}

export function appServices(
  installation: Installation,
  stores: StoreUrls,
  say: (sentence: string) => void,
): AppServices {
  const host = hostOf(installation);
  const context: AppContext = { installation, stores, host, say };
  const { ports } = installation;
  return {
    intake: nodeApp('ingest', ports.ingest, context),
    others: [nodeApp('worker', ports.worker, context), nodeApp('api', ports.api, context), webApp(context)],
  };
}

/** What the runtime of the pages may know of the machine: none of the installation's secrets. */
const pagesInherit = ['PATH', 'LANG', 'TZ', 'NODE_OPTIONS'] as const;

function webApp({ installation, host, say }: AppContext): ServiceDefinition {
  const { ports } = installation;
  const folder = join(repositoryRoot, 'apps', 'web');
  const next = join(repositoryRoot, 'node_modules', 'next', 'dist', 'bin', 'next');
  const address = ['--port', String(ports.web), '--hostname', installation.bindAddress];
  // What a client writes about its own address is taken away before Next sees it.
  const ownForwarding = join(folder, 'src', 'forwarding', 'own-forwarding.ts');
  const asWhoWeAre = { command: process.execPath, args: ['--import', ownForwarding, next, 'start', ...address] };
  const files = [process.execPath, next, ownForwarding, join(folder, '.next', 'BUILD_ID')];
  const asItsOwnUser = asPagesUser(asWhoWeAre, files);
  if (asItsOwnUser === undefined && process.getuid?.() === 0) {
    say(
      'The pages run as root: their own user may not read this folder. Move it out of directories that only root enters.',
    );
  }
  return {
    name: 'web',
    ...(asItsOwnUser ?? asWhoWeAre),
    cwd: folder,
    env: webEnvironment(installation, `http://${host}:${ports.api}`),
    inherits: pagesInherit,
    logFile: join(installation.home, 'logs', 'web.log'),
    isReady: () => answersOk(`http://${host}:${ports.web}/sign-in`),
    readyWithinMs: 180_000,
  };
}
