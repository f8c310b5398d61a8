/** How soon a fault may be over by itself: a store is back at any moment, a missing key only when somebody brings it. */
export type RetryPace = 'soon' | 'seldom';

const firstDelayMs = 250;
const longestDelayMs: Readonly<Record<RetryPace, number>> = { soon: 30_000, seldom: 300_000 };

/**
 * Doubles from a quarter of a second to half a minute, or to five where waiting seldom helps: thousands of segments that
 * cannot be read would otherwise take the turns of everybody else's. `random` from 0 to 1 takes off up to half, so that
 * segments that failed together do not come back together.
 */
export function retryDelayMs(attemptsMade: number, random: number, pace: RetryPace = 'soon'): number {
  const full = Math.min(longestDelayMs[pace], firstDelayMs * 2 ** Math.min(Math.max(attemptsMade, 1) - 1, 16));
  return Math.round(full * (1 - random / 2));
}
