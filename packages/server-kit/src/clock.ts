/**
 * The one clock of a process: what it keeps, compares and decides by. Durations are `performance.now()`'s; what belongs to the
 * host and to others (one-time codes, certificates, files' times, tokens of identity providers) goes by `hostNow`.
 */
export interface Clock {
  /** By how much it is moved for a drill; 0 otherwise. */
  readonly offsetSeconds: number;
  readonly now: () => Date;
  readonly nowMs: () => number;
  /** The machine's own time, which is never moved. */
  readonly hostNow: () => Date;
}

export function createClock(offsetSeconds = 0): Clock {
  const nowMs = (): number => Date.now() + offsetSeconds * 1000;
  return { offsetSeconds, nowMs, now: () => new Date(nowMs()), hostNow: () => new Date() };
}

/** Says at the start that the clock is moved, where it is. */
export function tellMovedClock({ offsetSeconds, now }: Clock, say: (sentence: string) => void): void {
  if (offsetSeconds === 0) return;
  say(`The clock is moved by ${offsetSeconds.toLocaleString('en-US')} s: it is ${now().toISOString()}.`);
}
