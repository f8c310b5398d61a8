// First steps of `npm start` and `npm test` on a fresh clone: the standard library only, any Node from 20.19 on.
// Installs the locked dependencies, then hands over to the runtime that the lockfile pins (Node 24).
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
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

/** Installs when the last install did not finish or the lockfile changed since, then runs `script` on the pinned runtime. */
export async function bootstrap(script, args) {
  assertNodeVersion();
  await ensureInstalled(repositoryRoot, fail);
  handOver(join(repositoryRoot, script), args);
}
