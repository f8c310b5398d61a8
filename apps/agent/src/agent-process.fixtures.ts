import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { build } from 'esbuild';

export const accessKey = 'test-ingest-key';

/** The agent as it is shipped: one file. */
export async function buildAgent(folder: string): Promise<string> {
  const outfile = join(folder, 'akashi-agent.mjs');
  await build({
    entryPoints: [new URL('main.ts', import.meta.url).pathname],
    bundle: true,
    conditions: ['source'],
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

export type AgentProcess = {
  readonly said: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly exit: Promise<number | null>;
  /** SIGTERM, then its exit status. */
  readonly stop: () => Promise<number | null>;
  readonly kill: () => Promise<void>;
};

export type Workplace = {
  readonly folder: string;
  readonly logs: string;
  readonly start: (run: {
    url: string;
    config?: string;
    args?: string[];
    host?: string;
    state?: string | null;
  }) => AgentProcess;
  readonly clean: () => void;
};

/** A folder of its own for one test: logs, configuration, key, state; agents started in it are ended with it. */
export function openWorkplace(bundle: string, defaultConfig: (logs: string) => string): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-agent-'));
  const logs = join(folder, 'logs');
  mkdirSync(logs, { mode: 0o755 });
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, `${accessKey}\n`);
  const started: ChildProcess[] = [];
  return {
    folder,
    logs,
    start({ url, config = defaultConfig(logs), args = [], host = 'host-a', state = join(folder, 'state') }) {
      const configFile = join(folder, `awslogs-${started.length}.conf`);
      writeFileSync(configFile, config);
      const stateArgs = state === null ? [] : ['--state', state];
      const child = spawn(
        process.execPath,
        [bundle, '--config', configFile, '--endpoint', url, '--key-file', keyFile, ...stateArgs, ...args],
        {
          env: {
            PATH: '/usr/bin:/bin',
            HOME: folder,
            TZ: 'Asia/Tokyo',
            AKASHI_AGENT_HOSTNAME: host,
            AKASHI_AGENT_METADATA_URL: 'off',
          },
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      started.push(child);
      let text = '';
      child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
      return {
        said: () => text,
        signal: (name) => void child.kill(name),
        exit,
        stop: () => (child.kill('SIGTERM'), exit),
        kill: async () => {
          child.kill('SIGKILL');
          await exit;
        },
      };
    },
    clean() {
      for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Polls until `check` holds; fails with what `describe` says after the deadline. */
export async function until(check: () => boolean, describe: () => string, deadlineMs = 20_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!check()) {
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${describe()}`);
    await sleep(20);
  }
}
