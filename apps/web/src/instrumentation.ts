import { readEnv, type WebEnv } from './env.ts';

/** Next calls it once before the server answers. What is wrong with the settings ends it in a sentence. */
export function register(): void {
  const { clockOffsetSeconds, now } = readOrEnd();
  if (clockOffsetSeconds === 0) return;
  const moved = clockOffsetSeconds.toLocaleString('en-US');
  process.stdout.write(`The clock is moved by ${moved} s: it is ${new Date(now()).toISOString()}.\n`);
}

function readOrEnd(): WebEnv {
  try {
    return readEnv();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The settings cannot be read.'}\n`);
    process.exit(1);
  }
}
