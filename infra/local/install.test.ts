import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Real: the processes and the files. In npm's place stands a program that installs two packages, and says what it does.
const npm = `
import { appendFileSync, mkdirSync, rmSync, symlinkSync, existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
const tell = (what) => appendFileSync('npm-calls', what + '\\n');
tell('begun ' + process.pid);
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules/.bin', { recursive: true });
symlinkSync(process.execPath, 'node_modules/.bin/node');
mkdirSync('node_modules/a');
writeFileSync('node_modules/a/package.json', '{}');
while (existsSync('npm-waits')) await delay(20);
mkdirSync('node_modules/b');
writeFileSync('node_modules/b/package.json', '{}');
tell('done');
`;
const lock = { packages: { '': {}, 'node_modules/a': {}, 'node_modules/b': {}, 'node_modules/c': { optional: true } } };

let root: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'akashi-install-'));
  mkdirSync(join(root, 'infra', 'local'), { recursive: true });
  for (const name of ['bootstrap.mjs', 'install.mjs']) {
    cpSync(fileURLToPath(new URL(name, import.meta.url)), join(root, 'infra', 'local', name));
  }
  writeFileSync(join(root, 'npm.js'), npm);
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(join(root, 'program.mjs'), 'console.log("the program runs");');
  const start = `import { bootstrap } from './infra/local/bootstrap.mjs'; await bootstrap('program.mjs', []);`;
  writeFileSync(join(root, 'start.mjs'), start);
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

interface Start {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

function start(): Start {
  const env = { ...process.env, npm_execpath: join(root, 'npm.js') };
  const child = spawn(process.execPath, ['start.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { child, ended };
}

function npmCalls(): string[] {
  const path = join(root, 'npm-calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

function npmPid(): number {
  return Number(npmCalls()[0]?.split(' ')[1]);
}

/** Starts, and waits until npm is in the middle of its work. */
async function startHalfway(): Promise<Start> {
  writeFileSync(join(root, 'npm-waits'), '');
  const halfway = start();
  await vi.waitFor(() => expect(existsSync(join(root, 'node_modules', 'a', 'package.json'))).toBe(true), 10_000);
  return halfway;
}

async function expectRuns(): Promise<void> {
  rmSync(join(root, 'npm-waits'), { force: true });
  expect(await start().ended).toMatchObject({ code: 0, output: expect.stringContaining('the program runs') as string });
}

describe('the first start', () => {
  it('installs once, and again for another lockfile', async () => {
    await expectRuns();
    await expectRuns();
    expect(npmCalls()).toHaveLength(2);
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ ...lock, name: 'other' }));
    await expectRuns();
    expect(npmCalls()).toHaveLength(4);
  });

  it('installs again when npm was killed in the middle', async () => {
    const { ended } = await startHalfway();
    process.kill(npmPid(), 'SIGKILL');
    expect(await ended).toMatchObject({ code: 1 });
    await expectRuns();
    expect(npmCalls().filter((call) => call === 'done')).toHaveLength(1);
  });

  it('says that it was stopped, and installs at the next start', async () => {
    const { child, ended } = await startHalfway();
    child.kill('SIGINT');
    const { code, output } = await ended;
    expect(code).toBe(1);
    expect(output).toContain('akashi: stopped');
    expect(output).not.toContain('network');
    await expectRuns();
  });

  it('waits for an install whose command was killed, and does not begin another beside it', async () => {
    const { child, ended } = await startHalfway();
    child.kill('SIGKILL');
    await ended;
    const next = start();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(npmCalls()).toHaveLength(1);
    rmSync(join(root, 'npm-waits'));
    expect(await next.ended).toMatchObject({ code: 0, output: expect.stringContaining('waiting for it') as string });
    expect(npmCalls().map((call) => call.split(' ')[0])).toEqual(['begun', 'done', 'begun', 'done']);
  });

  it('installs once when two commands are started together', async () => {
    const ends = await Promise.all([start().ended, start().ended]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(npmCalls()).toHaveLength(2);
  });

  it('installs again when a package was taken away meanwhile', async () => {
    await expectRuns();
    rmSync(join(root, 'node_modules', 'b'), { recursive: true });
    await expectRuns();
    expect(npmCalls()).toHaveLength(4);
  });
});
