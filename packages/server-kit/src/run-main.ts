import { EnvironmentError } from './env.ts';

/** The program cannot start; the message is one sentence that says what to do. */
export class StartupError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StartupError';
  }
}

/** Runs a program's main function: what stops it from starting is said on standard error in plain words. */
export function runMain(main: () => Promise<unknown>): void {
  main().catch((error: unknown) => {
    const expected = error instanceof StartupError || error instanceof EnvironmentError;
    const text = expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : 'unknown failure';
    process.stderr.write(`${text}\n`);
    process.exit(1);
  });
}
