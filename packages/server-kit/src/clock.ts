import { readFileSync } from 'node:fs';

/**
 * The one clock of a process: what it keeps, compares and decides by. Durations are `performance.now()`'s; what belongs to the
 * host and to others (certificates, files' times, tokens of identity providers) goes by `hostNow`.
 */
export interface Clock {
  /** By how much it is moved for a drill; 0 otherwise. */
  readonly offsetSeconds: number;
  /** Whether it is moved on while the process runs: a demonstration's past is being made. */
  readonly isStepped: boolean;
  readonly now: () => Date;
  readonly nowMs: () => number;
  /** The machine's own time, which is never moved. */
  readonly hostNow: () => Date;
  /** What one-time codes are judged by: the machine's time, as authenticators are; in a past that is being made, that past. */
  readonly codeNow: () => Date;
}

/** `offset` in seconds; a function is asked each time that the clock is read. */
export function createClock(offset: number | (() => number) = 0): Clock {
  const seconds = typeof offset === 'function' ? offset : () => offset;
  const nowMs = (): number => Date.now() + seconds() * 1000;
  return {
    get offsetSeconds() {
      return seconds();
    },
    isStepped: typeof offset === 'function',
    nowMs,
    now: () => new Date(nowMs()),
    hostNow: () => new Date(),
    codeNow: () => new Date(typeof offset === 'function' ? nowMs() : Date.now()),
  };
}

/** A clock whose offset stands in a file, in whole seconds; another process replaces the file to step it. */
export function openSteppedClock(path: string): Clock {
  return createClock(() => {
    const text = readFileSync(path, 'utf8').trim();
    if (!/^-?\d{1,10}$/.test(text))
      throw new RangeError('the file of the stepped clock holds no whole number of seconds');
    return Number(text);
  });
}

/** What a database that goes by this clock is opened with: the offset, or how to ask for the present one. */
export function offsetOf(clock: Clock): number | (() => number) {
  return clock.isStepped ? () => clock.offsetSeconds : clock.offsetSeconds;
}

/** Says at the start that the clock is moved, where it is. */
export function tellMovedClock({ offsetSeconds, now }: Clock, say: (sentence: string) => void): void {
  if (offsetSeconds === 0) return;
  say(`The clock is moved by ${offsetSeconds.toLocaleString('en-US')} s: it is ${now().toISOString()}.`);
}
