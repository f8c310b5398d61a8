import { InstallationError } from './installation-error.ts';

/** The installation's clock, as `createClock` of the parts is; here before anything is built. */
export interface InstallationClock {
  readonly offsetSeconds: number;
  readonly now: () => Date;
  readonly hostNow: () => Date;
  /** The file that steps it while a demonstration's past is made. */
  readonly file?: string;
}

export function movedClock(offsetSeconds: number): InstallationClock {
  return { offsetSeconds, now: () => new Date(Date.now() + offsetSeconds * 1000), hostNow: () => new Date() };
}

/** Reads `AKASHI_CLOCK_OFFSET_S`; a clock is moved for drills alone. */
export function readClock(environment: NodeJS.ProcessEnv = process.env): InstallationClock {
  const text = environment['AKASHI_CLOCK_OFFSET_S'] ?? '';
  if (text === '') return movedClock(0);
  if (!/^-?\d{1,10}$/.test(text) || Math.abs(Number(text)) > 1_000_000_000) {
    throw new InstallationError(
      `AKASHI_CLOCK_OFFSET_S must be a whole number of seconds from -1000000000 to 1000000000; it is "${text}".`,
    );
  }
  if (Number(text) !== 0 && environment['AKASHI_DRILL'] !== '1') {
    throw new InstallationError(
      'AKASHI_CLOCK_OFFSET_S moves the clock, which is for drills only: set AKASHI_DRILL=1 as well, or unset it.',
    );
  }
  return movedClock(Number(text));
}

/** For the terminal; undefined while the clock is not moved. */
export function describeClock({ offsetSeconds, now }: InstallationClock): string | undefined {
  if (offsetSeconds === 0) return undefined;
  return `The clock is moved by ${offsetSeconds.toLocaleString('en-US')} s: it is ${now().toISOString()}.`;
}
