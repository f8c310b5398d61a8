import { execFile } from 'node:child_process';

export interface CommandResult {
  readonly code: number;
  readonly wasKilled: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end; never rejects for a failing one. */
export function runCommand(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 256 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, wasKilled: error?.signal === 'SIGKILL', stdout, stderr });
    });
  });
}
