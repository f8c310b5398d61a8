import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findPortBase, repositoryRoot } from '../installation/installation.ts';
import type { DrillInstallation } from './drill-installation.ts';

const apps = ['ingest', 'worker'] as const;

/**
 * Another node of an installation: ingest and worker with a disk of their own. It shares PostgreSQL, OpenSearch and the
 * bucket with the first, and was given a copy of the keys.
 */
export class SecondNode {
  readonly home: string;
  readonly name: string;
  readonly #portBase: number;
  readonly #env: NodeJS.ProcessEnv;
  #running: ChildProcess[] = [];

  private constructor({
    home,
    name,
    portBase,
    env,
  }: {
    home: string;
    name: string;
    portBase: number;
    env: NodeJS.ProcessEnv;
  }) {
    this.home = home;
    this.name = name;
    this.#portBase = portBase;
    this.#env = env;
  }

  /** `settings` come over those of the first node; without a bucket they say where both find the evidence. */
  static async start(first: DrillInstallation, name: string, settings: NodeJS.ProcessEnv = {}): Promise<SecondNode> {
    const home = mkdtempSync(join(tmpdir(), 'akashi-node-'));
    cpSync(join(first.running.home, 'keys'), join(home, 'keys'), { recursive: true });
    mkdirSync(join(home, 'logs'));
    const portBase = await findPortBase();
    const env = {
      NODE_ENV: 'production',
      AKASHI_DRILL: '1',
      AKASHI_HOME: home,
      AKASHI_NODE: name,
      PORT_BASE: String(portBase),
      DATABASE_URL: first.databaseUrl,
      OPENSEARCH_URL: first.opensearchUrl,
      INGEST_URL: `http://127.0.0.1:${portBase + 2}`,
      ...first.archiveEnv,
      ...settings,
    };
    const node = new SecondNode({ home, name, portBase, env });
    await node.startAgain();
    return node;
  }

  get ingestUrl(): string {
    return `http://127.0.0.1:${this.#portBase + 2}`;
  }

  /** What a program needs to run as on this node. */
  get env(): NodeJS.ProcessEnv {
    return this.#env;
  }

  async startAgain(): Promise<void> {
    this.#running = apps.map((app) => {
      const log = openSync(join(this.home, 'logs', `${app}.log`), 'a', 0o600);
      const main = join(repositoryRoot, 'apps', app, 'dist', 'main.js');
      const child = spawn(process.execPath, [main], {
        cwd: repositoryRoot,
        env: { ...process.env, ...this.#env },
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      return child;
    });
    await Promise.all([this.#untilReady(2), this.#untilReady(3)]);
  }

  /** As a power cut does; nothing is told of it. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const ending = this.#running.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    });
    await Promise.all(ending);
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    rmSync(this.home, { recursive: true, force: true });
  }

  async #untilReady(offset: number, withinMs = 120_000): Promise<void> {
    const url = `http://127.0.0.1:${this.#portBase + offset}/readyz`;
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      if (answer?.ok === true) return;
      await delay(200);
    }
    throw new Error(`the node ${this.name} was not ready within ${withinMs} ms (logs: ${this.home}/logs)`);
  }
}
