import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hasErrorCode } from './durable-directory.ts';

export type ProcessLock =
  | { readonly outcome: 'taken'; readonly release: () => void }
  /** A living process holds it. */
  | { readonly outcome: 'held'; readonly pid: number };

/** Two that ask at the same moment both stand back, and ask again after a random pause. */
const rounds = 8;
const longestPauseMs = 12;

let claims = 0;

/**
 * Takes the lock `path` for this process, or answers which living process holds it; never waits for longer than a tenth
 * of a second. Throws the file system's error when the lock cannot be written.
 *
 * The lock is a folder with one empty file a claim, named by process number, start time and boot. A claim is made first,
 * and holds only when no other living one is seen afterwards: of two, at least one sees the other. A claim's name is
 * never used again, so removing the one of a dead process cannot hit a living one.
 */
export function takeProcessLock(path: string): ProcessLock {
  let pid = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) pause(1 + Math.random() * longestPauseMs);
    const earlier = readEarlierForm(path);
    if (earlier !== undefined) {
      if (earlier.isAlive) return { outcome: 'held', pid: earlier.pid };
      removeFile(path);
    }
    claims += 1;
    const claim = [process.pid, startOf(process.pid) ?? unknown, bootId(), claims].join('.');
    if (!makeClaim(path, claim)) continue;
    const rival = readdirSync(path).find((name) => name !== claim && !removeDead(path, name));
    if (rival === undefined) return { outcome: 'taken', release: () => removeClaim(path, claim) };
    pid = Number.parseInt(rival, 10);
    removeClaim(path, claim);
  }
  return { outcome: 'held', pid };
}

const unknown = '-';

/** False when the folder was taken away by a process that gave up the lock at that moment. */
function makeClaim(path: string, claim: string): boolean {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(join(path, claim), 'wx', 0o600));
    return true;
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT')) return false;
    throw cause;
  }
}

function removeClaim(path: string, claim: string): void {
  removeFile(join(path, claim));
  try {
    rmdirSync(path);
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw cause;
  }
}

/** Removes the claim of a process that is gone; false for one that lives. */
function removeDead(path: string, name: string): boolean {
  const [pid = '', start = unknown, boot = unknown] = name.split('.');
  if (boot === bootId() && isAlive(Number(pid), start)) return false;
  removeFile(join(path, name));
  return true;
}

/** Earlier releases kept one file with `<pid> <start>[@<boot>]` in the folder's place. */
function readEarlierForm(path: string): { pid: number; isAlive: boolean } | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT', 'EISDIR')) return undefined;
    throw cause;
  }
  const [pidText = '', started = ''] = text.trim().split(' ');
  const [start = unknown, boot = bootId()] = started.split('@');
  const pid = Number(pidText);
  return { pid, isAlive: boot === bootId() && isAlive(pid, start) };
}

function isAlive(pid: number, start: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (hasErrorCode(cause, 'ESRCH')) return false;
  }
  const running = startOf(pid);
  return running === undefined || start === unknown || running === start;
}

/** The kernel's start time of a process (field 22 of /proc/PID/stat); undefined where there is none. */
function startOf(pid: number): string | undefined {
  const stat = readKernelFile(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function bootId(): string {
  return readKernelFile('/proc/sys/kernel/random/boot_id')?.trim() ?? unknown;
}

function readKernelFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOENT', 'EISDIR', 'EPERM')) throw cause;
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
