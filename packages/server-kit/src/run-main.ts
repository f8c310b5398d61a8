import { EnvironmentError } from './env.ts';
import { StartupError } from './startup-error.ts';

/** Runs a program's main function: what stops it from starting is said on standard error in plain words. */
export function runMain(main: () => Promise<unknown>): void {
  main().catch((error: unknown) => {
    const expected = error instanceof StartupError || error instanceof EnvironmentError || isForOperator(error);
    const text = expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : 'unknown failure';
    process.stderr.write(`${text}\n`);
    process.exit(1);
  });
}

/** A package below the apps marks a fault whose message is a sentence for the operator. */
function isForOperator(error: unknown): error is Error {
  return error instanceof Error && 'forOperator' in error && error.forOperator === true;
}
