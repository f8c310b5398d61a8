import { startOfDay, toWallClock, fromWallClock } from '../time/zoned-time.ts';

export type RelativeUnit = 's' | 'm' | 'h' | 'd' | 'w';
export type CalendarWord =
  'today' | 'yesterday' | 'day-before-yesterday' | 'this-week' | 'last-week' | 'this-month' | 'last-month';

/** What a person chose. Only `absolute` names instants; the others are resolved against a clock when the search runs. */
export type TimeRange =
  | { kind: 'last'; amount: number; unit: RelativeUnit }
  | { kind: 'calendar'; word: CalendarWord }
  | { kind: 'absolute'; from: number; to: number };

/** Milliseconds, `to` not included. */
export interface EffectiveRange {
  from: number;
  to: number;
}

export const defaultTimeRange: TimeRange = { kind: 'last', amount: 24, unit: 'h' };

export const presetRanges: readonly TimeRange[] = [
  { kind: 'last', amount: 15, unit: 'm' },
  { kind: 'last', amount: 1, unit: 'h' },
  { kind: 'last', amount: 24, unit: 'h' },
  { kind: 'calendar', word: 'today' },
  { kind: 'calendar', word: 'yesterday' },
  { kind: 'calendar', word: 'last-week' },
  { kind: 'last', amount: 7, unit: 'd' },
  { kind: 'last', amount: 30, unit: 'd' },
];

const unitMilliseconds: Record<RelativeUnit, number> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
const calendarWords: readonly CalendarWord[] = [
  'today',
  'yesterday',
  'day-before-yesterday',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
];

/** No log is older than 1970 or newer than this; it also keeps every instant inside what RFC 3339 can write. */
export const lastInstant = Date.UTC(2200, 0, 1);

/**
 * The instants that a range means now. Weeks start on Monday; days, weeks and months are those of the zone: the
 * organisation's, so that the zone in which clocks are shown changes no data.
 */
export function resolveRange(range: TimeRange, at: { now: number; zone: string }): EffectiveRange {
  if (range.kind === 'absolute') return { from: range.from, to: range.to };
  if (range.kind === 'last') {
    return { from: Math.max(0, at.now - range.amount * unitMilliseconds[range.unit]), to: at.now };
  }
  const day = (shift: number) => startOfDay(at.now, at.zone, shift);
  const clock = toWallClock(at.now, at.zone);
  const sinceMonday = (new Date(Date.UTC(clock.year, clock.month - 1, clock.day)).getUTCDay() + 6) % 7;
  const month = (shift: number) =>
    fromWallClock({ year: clock.year, month: clock.month + shift, day: 1, hour: 0, minute: 0, second: 0 }, at.zone);
  switch (range.word) {
    case 'today':
      return { from: day(0), to: day(1) };
    case 'yesterday':
      return { from: day(-1), to: day(0) };
    case 'day-before-yesterday':
      return { from: day(-2), to: day(-1) };
    case 'this-week':
      return { from: day(-sinceMonday), to: day(7 - sinceMonday) };
    case 'last-week':
      return { from: day(-sinceMonday - 7), to: day(-sinceMonday) };
    case 'this-month':
      return { from: month(0), to: month(1) };
    case 'last-month':
      return { from: month(-1), to: month(0) };
  }
}

/** One window earlier (`-1`) or later (`1`); always absolute, so that stepping back and forth ends where it began. */
export function stepRange(range: EffectiveRange, direction: -1 | 1): TimeRange {
  const width = range.to - range.from;
  return boundedRange({ from: range.from + direction * width, to: range.to + direction * width });
}

/** Twice as wide around the same middle. */
export function zoomOut(range: EffectiveRange): TimeRange {
  const half = Math.max(500, Math.round((range.to - range.from) / 2));
  return boundedRange({ from: range.from - half, to: range.to + half });
}

function boundedRange(range: EffectiveRange): TimeRange {
  const from = Math.max(0, range.from);
  return { kind: 'absolute', from, to: Math.min(lastInstant, Math.max(from + 1, range.to)) };
}

/** The text of a range in the URL: `15m`, `yesterday`, `2026-11-01T01:00:00.000Z..2026-11-01T03:00:00.000Z`. */
export function encodeTimeRange(range: TimeRange): string {
  if (range.kind === 'last') return `${range.amount}${range.unit}`;
  if (range.kind === 'calendar') return range.word;
  return `${new Date(range.from).toISOString()}..${new Date(range.to).toISOString()}`;
}

export function decodeTimeRange(text: string): TimeRange | null {
  const last = /^([1-9]\d{0,4})([smhdw])$/.exec(text);
  if (last) return { kind: 'last', amount: Number(last[1]), unit: last[2] as RelativeUnit };
  const word = calendarWords.find((known) => known === text);
  if (word) return { kind: 'calendar', word };
  const [from, to, rest] = text.split('..').map((part) => Date.parse(part));
  if (from === undefined || to === undefined || rest !== undefined) return null;
  if (!(from >= 0 && to > from && to <= lastInstant)) return null;
  return { kind: 'absolute', from, to };
}
