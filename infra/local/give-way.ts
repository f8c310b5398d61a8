import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Lets a process that was just started, and every thread that it will make, wait behind the others for the processor.
 * Linux may share processors between sessions before it looks at the processes in them (sched(7), "The autogroup
 * feature"): a niceness alone would then count only within the session of that process. Best effort: a kernel that does
 * not let us changes nothing but waiting times.
 */
export function giveWay(pid: number, niceness: number): void {
  for (const tell of [
    () => setPriority(pid, niceness),
    () => writeFileSync(`/proc/${pid}/autogroup`, String(niceness)),
  ]) {
    try {
      tell();
    } catch {
      // Another system, or a kernel without it.
    }
  }
}
