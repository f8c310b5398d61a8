/** Wall-clock arithmetic in an IANA zone, on the zone data of the runtime. Instants are milliseconds since the epoch. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const keptZones = 64;

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    // A zone stands in the page's address, in whatever spelling.
    if (formatters.size >= keptZones) formatters.clear();
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** What a clock in `zone` shows at `instant`. */
export function toWallClock(instant: number, zone: string): WallClock {
  const clock: WallClock = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  let beforeChrist = false;
  for (const part of formatterOf(zone).formatToParts(instant)) {
    if (part.type === 'era') beforeChrist = part.value.startsWith('B');
    if (part.type in clock) clock[part.type as keyof WallClock] = Number(part.value);
  }
  if (beforeChrist) clock.year = 1 - clock.year;
  return clock;
}

/** Minutes that `zone` is ahead of UTC at `instant`. */
export function offsetMinutes(instant: number, zone: string): number {
  const wholeSeconds = Math.floor(instant / 1000) * 1000;
  return Math.round((utcOf(toWallClock(wholeSeconds, zone)) - wholeSeconds) / 60_000);
}

/**
 * The instant at which a clock in `zone` shows `clock`. Of a time that comes twice (clocks put back) the first one is
 * meant; a time that never comes (clocks put forward) is moved by the jump. Fields out of range carry over.
 */
export function fromWallClock(clock: WallClock, zone: string): number {
  const guess = utcOf(clock);
  const before = guess - offsetMinutes(guess - 86_400_000, zone) * 60_000;
  const after = guess - offsetMinutes(guess + 86_400_000, zone) * 60_000;
  if (offsetMinutes(before, zone) * 60_000 === guess - before) return before;
  if (offsetMinutes(after, zone) * 60_000 === guess - after) return after;
  return before;
}

export function startOfDay(instant: number, zone: string, dayShift = 0): number {
  const { year, month, day } = toWallClock(instant, zone);
  return fromWallClock({ year, month, day: day + dayShift, hour: 0, minute: 0, second: 0 }, zone);
}

function utcOf(clock: WallClock): number {
  const date = new Date(0);
  date.setUTCFullYear(clock.year, clock.month - 1, clock.day);
  return date.setUTCHours(clock.hour, clock.minute, clock.second, 0);
}

export function isKnownZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: zone }));
  } catch {
    return false;
  }
}
