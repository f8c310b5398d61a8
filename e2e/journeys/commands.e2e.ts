import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { repositoryRoot, RunningInstallation } from '../installation/installation.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';
import { sendWithCurl } from '../senders/http-sender.ts';
import { findProgram, runProgram } from '../senders/program.ts';

const portBase = inject('portBase');
const folder = mkdtempSync(join(tmpdir(), 'akashi-commands-'));
let installation: RunningInstallation | undefined;

afterAll(async () => {
  await installation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Processes whose environment or command line names the folder of an installation. */
function processesOf(home: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        const belongs = environment.includes(`AKASHI_HOME=${home}\0`) || commandLine.includes(home);
        return belongs && commandLine !== '' ? [`${pid} ${commandLine.replaceAll('\0', ' ')}`] : [];
      } catch {
        // It ended while we looked, or is not ours to look at.
        return [];
      }
    });
}

function processOf(home: string, part: string): number {
  const [found = ''] = processesOf(home).filter((line) => line.includes(part));
  return Number(found.split(' ')[0]);
}

describe('the commands beside npm start', () => {
  it.for(['agent', 'verify'])('akashi-%s explains itself', async (name) => {
    const app = name === 'verify' ? 'verifier' : 'agent';
    const script = join(repositoryRoot, 'apps', app, 'bin', `akashi-${name}.mjs`);
    const { code, stdout } = await runProgram({ command: process.execPath, args: [script, '--help'] });
    expect(code).toBe(0);
    expect(stdout).toContain(`akashi-${name}`);
    expect(stdout).toContain('--key');
  });

  it('a taken port is one sentence with the port and the variable', async () => {
    const script = join(repositoryRoot, 'infra', 'local', 'run-installation.ts');
    const { code, stdout, stderr } = await runProgram({
      command: process.execPath,
      args: [script, '--skip-build'],
      env: { PORT_BASE: String(portBase), AKASHI_HOME: join(folder, 'second') },
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(new RegExp(`port ${portBase}.*PORT_BASE`));
  });
});

describe('an installation of its own', () => {
  const home = join(folder, 'home');
  const isLinux = spawnSync('test', ['-d', '/proc/self']).status === 0;

  it('stops with Ctrl-C and leaves no process', async ({ skip }) => {
    skip(!isLinux, 'processes are looked up in /proc');
    skip(findProgram('curl') === undefined, 'curl is not installed');
    // What is tried here needs no past.
    installation = await RunningInstallation.start({ home, env: { AKASHI_DEMO_LINES: '0' } });
    const lines = ['kept over a restart 再起動'];
    const body = { logGroup: 'commands', logStream: 'a', format: 'text/plain', coding: 'identity', lines } as const;
    await sendWithCurl(installation.demo, folder, body);
    expect(processesOf(home).length).toBeGreaterThan(4);
    expect(await installation.stop('SIGINT')).toBe(0);
    expect(processesOf(home)).toEqual([]);
  });

  it('keeps its data, also what was only just acknowledged', async ({ skip }) => {
    skip(installation === undefined, 'nothing was started before');
    installation = await RunningInstallation.start({ home, args: ['--empty'] });
    const reader = new LogReader(installation.demo);
    const count = await eventually(
      () => reader.count({ query: '再起動', logGroups: ['commands'] }),
      (found) => found > 0,
    );
    expect(count).toBe(1);
  });

  it('starts a part again that was killed, and says so', async ({ skip }) => {
    skip(installation === undefined, 'nothing was started before');
    const apiUrl = installation?.demo.apiUrl ?? '';
    const killed = processOf(home, join('api', 'dist', 'main.js'));
    process.kill(killed, 'SIGKILL');
    const isReady = async (): Promise<boolean> => {
      const another = processOf(home, join('api', 'dist', 'main.js'));
      const answer = await fetch(`${apiUrl}/readyz`).catch(() => undefined);
      return another !== killed && answer?.ok === true;
    };
    expect(await eventually(isReady, Boolean, 30_000)).toBe(true);
    expect(installation?.output).toContain('api ended by itself; starting it again');
  });
});
