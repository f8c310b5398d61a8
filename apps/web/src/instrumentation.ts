import { readEnv } from './env.ts';

/** Next calls it once before the server answers: what is wrong with the settings is said at the start. */
export function register(): void {
  const { clockOffsetSeconds, now } = readEnv();
  if (clockOffsetSeconds === 0) return;
  const moved = clockOffsetSeconds.toLocaleString('en-US');
  // oxlint-disable-next-line no-console -- the server's log
  console.info(`The clock is moved by ${moved} s: it is ${new Date(now()).toISOString()}.`);
}
