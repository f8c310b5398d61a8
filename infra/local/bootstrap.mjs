// First steps of `npm start` and `npm test` on a fresh clone: the standard library only, any Node from 20.19 on.
// Installs the locked dependencies, then hands over to the runtime that the lockfile pins (Node 24).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const installStamp = join(repositoryRoot, 'node_modules', '.akashi-install');
const oldestNode = [20, 19];

/** Ends the process with one sentence that says what to do. */
export function fail(sentence) {
  process.stderr.write(`akashi: ${sentence}\n`);
  process.exit(1);
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(
    `Node ${process.versions.node} is too old; install Node ${oldestNode.join('.')} or newer and run the command again.`,
  );
}

function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(join(repositoryRoot, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return existsSync(installStamp) && readFileSync(installStamp, 'utf8') === lockDigest();
}

/** Runs a program with its output shown, printing a sign of life at least every ten seconds. */
function runShown(command, args) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, args, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    let tail = '';
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const alive = setInterval(
      () => process.stdout.write(`  … still working, ${Math.round((Date.now() - started) / 1000)} s\n`),
      10_000,
    );
    const forward = (signal) => child.kill(signal);
    process.once('SIGINT', forward).once('SIGTERM', forward);
    child.once('error', (error) => {
      clearInterval(alive);
      resolve({ code: 1, tail: String(error) });
    });
    child.once('close', (code) => {
      clearInterval(alive);
      process.removeListener('SIGINT', forward).removeListener('SIGTERM', forward);
      resolve({ code: code ?? 1, tail });
    });
  });
}

async function install() {
  process.stdout.write('Installing the locked dependencies (once; later starts skip this) …\n');
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { code, tail } = await runShown(command, [...args, 'ci', '--no-audit', '--no-fund']);
  if (code !== 0) {
    process.stderr.write(tail);
    fail(
      'the dependencies could not be installed; look at the lines above, check the network, and run the command again.',
    );
  }
  writeFileSync(installStamp, lockDigest());
}

/** Replaces this process's part: runs `script` under the pinned runtime and ends with its exit status. */
function handOver(script, args) {
  const runtime = join(repositoryRoot, 'node_modules', '.bin', 'node');
  const child = spawn(runtime, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: repositoryRoot,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' },
  });
  // A terminal's Ctrl-C reaches the child by itself as well; it takes every further signal as the same wish.
  process.on('SIGINT', () => child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  // npm runs us below a shell that a signal may end without passing it on: being orphaned means to stop.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500).unref();
  child.once('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/** Installs when the lockfile changed since the last install, then runs `script` on the pinned runtime. */
export async function bootstrap(script, args) {
  assertNodeVersion();
  if (!isInstalled()) await install();
  handOver(join(repositoryRoot, script), args);
}
