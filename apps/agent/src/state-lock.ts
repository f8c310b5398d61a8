import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';

import { AgentFault } from './agent-fault.ts';
import { codeOf } from './state-file.ts';

/**
 * Keeps a second agent from the same state. The lock names a process and when it started, so that a lock left by a killed
 * agent, or one whose process number was given to another program since, is taken over.
 */
export function lockState(statePath: string): () => void {
  const path = `${statePath}.lock`;
  const mine = `${path}.${process.pid}`;
  const owner = `${process.pid} ${startOf(process.pid) ?? 'unknown'}\n`;
  try {
    writeFileSync(mine, owner, { mode: 0o600 });
  } catch (error) {
    throw new AgentFault(
      'state_unwritable',
      `the state can't be written beside ${statePath} (${codeOf(error)}). Choose another place with --state DIR.`,
      {
        cause: error,
      },
    );
  }
  try {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      try {
        linkSync(mine, path);
        return () => removeIf(path, owner);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const found = readOrNull(path);
      if (found === null) continue;
      if (isAlive(found)) {
        throw new AgentFault(
          'state_locked',
          `another akashi-agent (process ${found.split(' ')[0] ?? '?'}) uses the state ${statePath}. Stop it, or give this one its own --state DIR.`,
        );
      }
      // Whoever renames the stale lock away removes it; a lock that was taken in between is put back.
      const stale = `${mine}.stale`;
      renameSync(path, stale);
      if (readOrNull(stale) !== found) linkSync(stale, path);
      unlinkSync(stale);
    }
    throw new AgentFault(
      'state_locked',
      `the lock of the state ${statePath} changes all the time: are several agents starting at once?`,
    );
  } finally {
    removeIf(mine, owner);
  }
}

function isAlive(lock: string): boolean {
  const [pidText, started] = lock.trim().split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const running = startOf(pid);
  return running === null || started === undefined || started === 'unknown' || running === started;
}

/** The kernel's start time of a process (field 22 of /proc/PID/stat) with the boot it belongs to; null where there is none. */
function startOf(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  const boot = readOrNull('/proc/sys/kernel/random/boot_id');
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return started === undefined ? null : `${started}@${boot?.trim() ?? 'boot'}`;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function removeIf(path: string, content: string): void {
  if (readOrNull(path) !== content) return;
  try {
    unlinkSync(path);
  } catch {
    // Already gone: nothing to remove.
  }
}
