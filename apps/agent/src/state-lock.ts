import { takeProcessLock, type ProcessLock } from '@akashi/durable-files';
import { AgentFault } from './agent-fault.ts';
import { codeOf } from './state-file.ts';

/** Keeps a second agent from the same state; the lock of an agent that was killed is taken over. Answers what gives it up. */
export function lockState(statePath: string): () => void {
  const lock = takeLock(statePath);
  if (lock.outcome === 'taken') return lock.release;
  throw new AgentFault(
    'state_locked',
    `another akashi-agent (process ${lock.pid}) uses the state ${statePath}. Stop it, or give this one its own --state DIR.`,
  );
}

function takeLock(statePath: string): ProcessLock {
  try {
    return takeProcessLock(`${statePath}.lock`);
  } catch (cause) {
    throw new AgentFault(
      'state_unwritable',
      `the state can't be written beside ${statePath} (${codeOf(cause)}). Choose another place with --state DIR.`,
      { cause },
    );
  }
}
