import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** `demo.json` as documented. */
export interface DemoFile {
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly ingestUrl: string;
  readonly ingestHttpsUrl: string;
  readonly syslog: {
    readonly host: string;
    readonly udp: number;
    readonly tcp: number;
    readonly tls: number;
    readonly ca: string;
  };
  readonly archive: string;
  readonly tenants: readonly DemoTenant[];
  /** Lines of the first organisation's three weeks before the first start. */
  readonly pastLines: number;
  readonly platform: { readonly id: string; readonly users: readonly DemoUser[] };
}

export interface DemoUser {
  readonly email: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly role: string;
  readonly groups: readonly string[];
}

export interface DemoTenant {
  readonly id: string;
  readonly slug: string;
  readonly ingestKey: string;
  readonly apiKey: string;
  readonly verifierKey: string;
  readonly users: readonly DemoUser[];
}

export interface StartOptions {
  /** Kept across restarts when given; otherwise made and removed. */
  readonly home?: string;
  readonly portBase?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
}

const portOffsets = [0, 1, 2, 3, 4, 14, 15, 25, 32, 92, 93];

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A range of ports that nothing listens on. */
export async function findPortBase(): Promise<number> {
  for (let base = 11_000 + (process.pid % 150) * 100; base < 32_000; base += 100) {
    const free = await Promise.all(portOffsets.map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free range of ports');
}

/** One running installation, started as `npm start` starts it. */
export class RunningInstallation {
  readonly home: string;
  readonly portBase: number;
  readonly #child: ChildProcess;
  readonly #ownsHome: boolean;
  #output = '';

  private constructor(child: ChildProcess, home: { path: string; owned: boolean }, portBase: number) {
    this.#child = child;
    this.home = home.path;
    this.#ownsHome = home.owned;
    this.portBase = portBase;
  }

  /** Resolves when it has printed `Akashi is ready`; rejects with its output when it ends before. */
  static async start(options: StartOptions = {}): Promise<RunningInstallation> {
    const owned = options.home === undefined;
    const path = options.home ?? mkdtempSync(join(tmpdir(), 'akashi-e2e-'));
    const portBase = options.portBase ?? (await findPortBase());
    const script = join(repositoryRoot, 'infra', 'local', 'run-installation.ts');
    const child = spawn(process.execPath, [script, '--skip-build', ...(options.args ?? [])], {
      cwd: repositoryRoot,
      env: { ...process.env, PORT_BASE: String(portBase), AKASHI_HOME: path, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const installation = new RunningInstallation(child, { path, owned }, portBase);
    await installation.#untilReady();
    return installation;
  }

  get demo(): DemoFile {
    return JSON.parse(readFileSync(join(this.home, 'demo.json'), 'utf8')) as DemoFile;
  }

  /** Of the embedded PostgreSQL, as its owner. */
  get databaseUrl(): string {
    const password = readFileSync(join(this.home, 'keys', 'postgres-password'), 'utf8');
    return `postgresql://akashi:${password}@127.0.0.1:${this.portBase + 32}/postgres`;
  }

  get output(): string {
    return this.#output;
  }

  /** Process id of a supervised part, by what its command line contains. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Ends it as Ctrl-C does and waits until it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#child.once('exit', (code) => resolve(code)));
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    this.#child.kill(signal);
    const code = await ended;
    if (this.#ownsHome) rmSync(this.home, { recursive: true, force: true });
    return code;
  }

  #untilReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        this.#output += chunk.toString();
        if (this.#output.includes('Akashi is ready')) resolve();
      };
      this.#child.stdout?.on('data', read);
      this.#child.stderr?.on('data', read);
      this.#child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${this.#output}`)));
    });
  }
}
