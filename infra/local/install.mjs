// Installs the locked dependencies, and knows an install that did not finish: the standard library only, any Node from
// 20.19 on.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How long an install may be about to start: its marker is there, the process that it names is not yet. */
const beginsWithinMs = 10_000;

/** Written after an install: the lockfile that it followed. */
const stampOf = (root) => join(root, 'node_modules', '.akashi-install');

/** There from before an install's first change until after its last, whatever ends it; names its process. */
const markerOf = (root) => join(root, '.akashi-installing');

const lockfileOf = (root) => join(root, 'package-lock.json');

function lockDigest(root) {
  return createHash('sha256')
    .update(readFileSync(lockfileOf(root)))
    .digest('hex');
}

/** A locked package that is not there, or undefined: somebody else's npm may have been ended in the middle, too. */
function missingPackage(root) {
  const { packages } = JSON.parse(readFileSync(lockfileOf(root), 'utf8'));
  for (const [place, { optional, devOptional, link }] of Object.entries(packages)) {
    const isOwed = place.includes('node_modules/') && !optional && !devOptional && !link;
    if (isOwed && !existsSync(join(root, place, 'package.json'))) return place;
  }
  const runtime = join('node_modules', '.bin', 'node');
  return existsSync(join(root, runtime)) ? undefined : runtime;
}

function isInstalled(root) {
  if (existsSync(markerOf(root)) || !existsSync(stampOf(root))) return false;
  return readFileSync(stampOf(root), 'utf8') === lockDigest(root) && missingPackage(root) === undefined;
}

/** Whether the install that left the marker still runs; its number alone may be another process's by now. */
function isRunning(root) {
  try {
    const text = readFileSync(markerOf(root), 'utf8');
    if (text === '') return Date.now() - statSync(markerOf(root)).mtimeMs < beginsWithinMs;
    if (existsSync('/proc/self/cwd')) return readlinkSync(`/proc/${Number(text)}/cwd`) === realpathSync(root);
    return process.kill(Number(text), 0);
  } catch {
    return false;
  }
}

/** Marks the beginning of an install; false when another one runs. */
function begin(root) {
  for (;;) {
    try {
      writeFileSync(markerOf(root), '', { flag: 'wx' });
      rmSync(stampOf(root), { force: true });
      return true;
    } catch (cause) {
      if (cause.code !== 'EEXIST') throw cause;
    }
    if (isRunning(root)) return false;
    process.stdout.write('An earlier installation of the dependencies did not finish; it is done again.\n');
    rmSync(markerOf(root), { force: true });
  }
}

/** Runs npm with its output kept, printing a sign of life at least every ten seconds. */
function runNpm(root, args) {
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) writeFileSync(markerOf(root), String(child.pid));
    let tail = '';
    let isStopped = false;
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const alive = setInterval(
      () => process.stdout.write(`  … still working, ${Math.round((Date.now() - started) / 1000)} s\n`),
      10_000,
    );
    // Asked to stop, npm would first put back what was there, which takes minutes; the next start begins anew anyway.
    const stop = () => {
      isStopped = true;
      child.kill('SIGKILL');
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const end = (code, lines) => {
      clearInterval(alive);
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
      resolve({ code, isStopped, tail: lines });
    };
    child.once('error', (error) => end(1, String(error)));
    child.once('close', (code) => end(code ?? 1, tail));
  });
}

/**
 * Installs unless a finished install of this very lockfile is there. One that was ended in the middle is done again; one
 * that still runs, also without the command that began it, is waited for: two at once would take each other's files away.
 */
export async function ensureInstalled(root, fail) {
  for (let isTold = false; !isInstalled(root) && !begin(root); isTold = true) {
    if (!isTold) process.stdout.write('Another installation of the dependencies is running; waiting for it …\n');
    await delay(500);
  }
  if (isInstalled(root)) return;
  process.stdout.write('Installing the locked dependencies (once; later starts skip this) …\n');
  const { code, isStopped, tail } = await runNpm(root, ['ci', '--no-audit', '--no-fund']);
  const missing = code === 0 ? missingPackage(root) : undefined;
  const isWhole = code === 0 && missing === undefined;
  if (isWhole) {
    writeFileSync(stampOf(root), lockDigest(root));
    rmSync(markerOf(root));
  }
  if (isStopped) fail('stopped while the dependencies were installed; the next start does what is left of it.');
  if (isWhole) return;
  process.stderr.write(missing === undefined ? tail : `${tail}\n${missing} was not installed.\n`);
  fail(
    'the dependencies could not be installed; look at the lines above, check the network, and run the command again.',
  );
}
