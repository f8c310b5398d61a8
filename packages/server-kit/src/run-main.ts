import { EnvironmentError } from './env.ts';
import { StartupError } from './startup-error.ts';

/** Runs a program's main function: what stops it from starting is said on standard error in plain words. */
export function runMain(main: () => Promise<unknown>): void {
  main().catch((error: unknown) => {
    const expected = error instanceof StartupError || error instanceof EnvironmentError;
    const text = expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : 'unknown failure';
    process.stderr.write(`${text}\n`);
    process.exit(1);
  });
}
