import { timeZoneName } from './time-zone.ts';

/**
 * Offsets of IANA zones from UTC, read from the runtime's zone data and kept: asking `Intl` costs microseconds, the
 * kept answer nanoseconds. An answer holds for a quarter of an hour, on whose bounds every change of offset since 1972
 * has fallen.
 */
export interface ZoneClock {
  /** Seconds east of UTC at a moment given in seconds since 1970. */
  offsetAt(utcSeconds: number): number;
  /** The offset that holds all through a local day and a day around it (days since 1970); undefined near a change. */
  steadyOffset(localDay: number): number | undefined;
}

const quarterSeconds = 900;
const daySeconds = 86_400;
/** About 42 days of quarters, far more than the batches at hand span; a longer span only asks again. */
const keptQuarters = 4096;

/** By the runtime's name of the zone. The one that was made first makes room: there are some 600 zones, and fixed offsets. */
const clocks = new Map<string, ZoneClock>();
const keptZones = 512;

const utcNames = /^(?:UTC|Etc\/UTC|GMT|Z)$/;
const utcClock: ZoneClock = { offsetAt: () => 0, steadyOffset: () => 0 };

/** The clock of an IANA zone or fixed offset (`+09:00`); undefined when the runtime does not know the name. */
export function zoneClock(timeZone: string): ZoneClock | undefined {
  if (utcNames.test(timeZone)) return utcClock;
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const name = timeZoneName(timeZone);
  if (name === undefined) return undefined;
  let clock = clocks.get(name);
  if (clock === undefined) {
    clock = createZoneClock(name);
    for (const first of clocks.keys()) {
      if (clocks.size < keptZones) break;
      clocks.delete(first);
    }
    clocks.set(name, clock);
  }
  return clock;
}

function createZoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const kept = new Map<number, number>();
  let lastQuarter = Number.NaN;
  let lastOffset = 0;
  const offsetAt = (utcSeconds: number): number => {
    const quarter = Math.floor(utcSeconds / quarterSeconds);
    if (quarter === lastQuarter) return lastOffset;
    let offset = kept.get(quarter);
    if (offset === undefined) {
      if (kept.size >= keptQuarters) kept.clear();
      offset = askOffset(format, quarter * quarterSeconds);
      kept.set(quarter, offset);
    }
    lastQuarter = quarter;
    lastOffset = offset;
    return offset;
  };
  let lastDay = Number.NaN;
  let lastSteady: number | undefined;
  const steadyOffset = (localDay: number): number | undefined => {
    if (localDay === lastDay) return lastSteady;
    // Two days before to two after: no zone is further from UTC than that, and none changes twice within.
    const before = offsetAt((localDay - 2) * daySeconds);
    lastDay = localDay;
    lastSteady = before === offsetAt((localDay + 3) * daySeconds) ? before : undefined;
    return lastSteady;
  };
  return { offsetAt, steadyOffset };
}

function askOffset(format: Intl.DateTimeFormat, utcSeconds: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(utcSeconds * 1000)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - utcSeconds;
}
