import { mkdirSync, chmodSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InstallationError } from './installation-error.ts';
import { readClock, type InstallationClock } from './moved-clock.ts';

export { InstallationError } from './installation-error.ts';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where one installation listens; offsets from `PORT_BASE` as documented in the README. */
export interface Ports {
  readonly web: number;
  readonly api: number;
  readonly ingest: number;
  readonly ingestHttps: number;
  readonly worker: number;
  readonly syslog: number;
  readonly syslogTls: number;
  /** The catcher of mail, where no mail server is set. */
  readonly mail: number;
  readonly postgres: number;
  readonly opensearch: number;
  readonly opensearchTransport: number;
}

/** One installation: its folder, its ports and the outside services that replace embedded ones. */
export interface Installation {
  readonly home: string;
  readonly portBase: number;
  readonly ports: Ports;
  readonly bindAddress: string;
  /** Of every part, and of what is made and sent for the demonstration. */
  readonly clock: InstallationClock;
  /** `file://`, in `home` unless `ARCHIVE_URL` names another place, or `s3://`. */
  readonly archiveUrl: string;
  readonly outside: {
    readonly databaseUrl: string | undefined;
    readonly redisUrl: string | undefined;
    readonly opensearchUrl: string | undefined;
    readonly smtpUrl: string | undefined;
  };
}

/** Ports from 1024 on of the Fetch standard's list of bad ports: no browser opens a page there. */
const refusedByBrowsers: readonly number[] = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
];

function readPortBase(text: string | undefined): number {
  if (text === undefined || text === '') return 3000;
  const port = Number(text);
  if (refusedByBrowsers.includes(port)) {
    throw new InstallationError(
      `PORT_BASE=${port} is the port of the pages, and browsers refuse it; choose another, for example PORT_BASE=${port + 100}.`,
    );
  }
  if (Number.isInteger(port) && port >= 1024 && port <= 65_000) return port;
  throw new InstallationError(`PORT_BASE must be a whole number from 1024 to 65000; it is "${text}".`);
}

function readUrl(name: string, schemes: readonly string[]): string | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const scheme = URL.canParse(text) ? new URL(text).protocol.replace(':', '') : '';
  if (schemes.includes(scheme)) return text;
  throw new InstallationError(`${name} must be a URL that begins with ${schemes.map((s) => `${s}://`).join(' or ')}.`);
}

/** Reads the installation from the environment; throws InstallationError naming the variable that is wrong. */
export function readInstallation(): Installation {
  const base = readPortBase(process.env['PORT_BASE']);
  const home = resolve(process.env['AKASHI_HOME'] || join(repositoryRoot, '.akashi'));
  return {
    home,
    portBase: base,
    ports: {
      web: base,
      api: base + 1,
      ingest: base + 2,
      ingestHttps: base + 4,
      worker: base + 3,
      syslog: base + 14,
      syslogTls: base + 15,
      mail: base + 25,
      postgres: base + 32,
      opensearch: base + 92,
      opensearchTransport: base + 93,
    },
    bindAddress: process.env['BIND_ADDRESS'] || '127.0.0.1',
    clock: readClock(),
    archiveUrl: readUrl('ARCHIVE_URL', ['file', 's3']) ?? pathToFileURL(join(home, 'archive')).href,
    outside: {
      databaseUrl: readUrl('DATABASE_URL', ['postgresql', 'postgres']),
      redisUrl: readUrl('REDIS_URL', ['redis', 'rediss']),
      opensearchUrl: readUrl('OPENSEARCH_URL', ['http', 'https']),
      smtpUrl: readUrl('SMTP_URL', ['smtp', 'smtps']),
    },
  };
}

const folders = ['postgres', 'opensearch', 'inbox', 'archive', 'keys', 'logs', 'mail', 'tools'] as const;

/** Makes the installation's folders, each readable by its owner only. */
export function makeHome(home: string): void {
  for (const folder of ['', ...folders]) {
    const path = join(home, folder);
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chmodSync(path, 0o700);
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      throw new InstallationError(
        `the folder ${path} cannot be made (${code}). Name with AKASHI_HOME a folder that this user may write to.`,
      );
    }
  }
}
