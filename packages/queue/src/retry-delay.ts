const firstDelayMs = 250;
const longestDelayMs = 30_000;

/**
 * Doubles from a quarter of a second to half a minute; `random` from 0 to 1 takes off up to half, so that segments that
 * failed together do not come back together.
 */
export function retryDelayMs(attemptsMade: number, random: number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(Math.max(attemptsMade, 1) - 1, 16));
  return Math.round(full * (1 - random / 2));
}
