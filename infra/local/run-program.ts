import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

export interface ProgramRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Where standard output and error go; shown on the terminal when absent. */
  readonly logFile?: string;
}

/** Runs a program to its end and gives its exit status; never throws for a failing program. */
export function runProgram(run: ProgramRun): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(run.command, run.args, {
      cwd: run.cwd,
      env: { ...process.env, ...run.env },
      stdio: ['ignore', run.logFile === undefined ? 'inherit' : 'pipe', run.logFile === undefined ? 'inherit' : 'pipe'],
    });
    if (run.logFile !== undefined) {
      const log = createWriteStream(run.logFile, { flags: 'a' });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
      child.once('close', () => log.end());
    }
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
