import { slotsOfWeek, type WeekSlots } from './week-slots.ts';

/** One hour in which a stream was heard. */
export interface HeardHour {
  /** Hours since 1970. */
  readonly hour: number;
  /** Bit n: something was received between minutes 2n and 2n+2 of the hour. */
  readonly marks: number;
}

/**
 * What is usual for a stream. `hours`: it is expected at some hours of the week, `always`: at every hour, `days`: at no hour in
 * particular, yet often enough. `none`: nothing can be expected of it, or not yet.
 */
export type RhythmBasis = 'hours' | 'always' | 'days' | 'none';

export interface Rhythm {
  readonly basis: RhythmBasis;
  /** By hour of the week: after how many minutes of hours like this one without anything it is silent; 0: nothing expected. */
  readonly limits: readonly number[];
}

export const markMinutes = 2;
export const marksPerHour = 60 / markMinutes;
/** Whatever the rhythm: nobody is told sooner. */
export const leastSilenceMinutes = 10;
const mostSilenceMinutes = 7 * 24 * 60;

/** How long a stream is watched before its hours, and before its constant flow, are taken for a habit. */
const weeksFromHours = 15 * 24;
const alwaysFromHours = 24;
const alwaysJudgedHours = 7 * 24;
const alwaysShare = 0.9;
const fromDays = 10;
/** An hour is expected when it was heard on so many of its days, or on all of so many weeks. */
const expectedShare = 0.8;
const weeklyShare = 0.9;
const weeksForWeekly = 5;
/** Of all of a stream, and of hours of one kind. */
const fewestSilences = 5;
const fewestAlike = 8;
/** So many of the longest silences are taken for outages and holidays. */
const outlierShare = 0.04;
const deviations = 8;
const normalDeviation = 1.4826;

export const noRhythm: Rhythm = { basis: 'none', limits: Array.from({ length: slotsOfWeek }, () => 0) };

/**
 * Learns from the hours in which a stream was heard, oldest first, up to the last of them: what is silent now unlearns nothing.
 * One outage or one holiday in the past changes little (median, median absolute deviation, and the longest left out).
 */
export function learnRhythm(heard: readonly HeardHour[], slotOf: WeekSlots): Rhythm {
  const first = heard[0];
  const last = heard.at(-1);
  if (first === undefined || last === undefined) return noRhythm;
  const span = last.hour - first.hour + 1;
  const basis = basisOf(heard, { span, lastHour: last.hour });
  if (basis === null) return noRhythm;
  if (basis === 'weeks') {
    const expected = expectedSlots(heard, slotOf);
    if (expected.some(Boolean)) {
      const found = limitsOf(heard, { slotOf, expected, perDay: false });
      if (found !== null) return { basis: expected.every(Boolean) ? 'always' : 'hours', limits: found };
    }
  }
  const expected = Array.from({ length: slotsOfWeek }, () => true);
  const perDay = basis !== 'always';
  if (perDay && new Set(heard.map(({ hour }) => Math.floor(hour / 24))).size < fromDays) return noRhythm;
  const found = limitsOf(heard, { slotOf, expected, perDay });
  return found === null ? noRhythm : { basis: perDay ? 'days' : 'always', limits: found };
}

function basisOf(
  heard: readonly HeardHour[],
  { span, lastHour }: { span: number; lastHour: number },
): 'weeks' | 'always' | 'days' | null {
  if (span >= weeksFromHours) return 'weeks';
  const judged = Math.min(span, alwaysJudgedHours);
  const inJudged = heard.filter(({ hour }) => hour > lastHour - judged).length;
  if (span >= alwaysFromHours && inJudged >= alwaysShare * judged) return 'always';
  return span >= fromDays * 24 ? 'days' : null;
}

/** The hour of the day, weekdays and weekends apart: 0 to 47. */
function dayHourOf(slot: number): number {
  return (slot % 24) + (slot >= 5 * 24 ? 24 : 0);
}

function expectedSlots(heard: readonly HeardHour[], slotOf: WeekSlots): boolean[] {
  const slots = { seen: zeros(slotsOfWeek), heard: zeros(slotsOfWeek) };
  const dayHours = { seen: zeros(48), heard: zeros(48) };
  const hours = new Set(heard.map(({ hour }) => hour));
  const first = heard[0]?.hour ?? 0;
  const last = heard.at(-1)?.hour ?? 0;
  for (let hour = first; hour <= last; hour += 1) {
    const slot = slotOf(hour);
    const dayHour = dayHourOf(slot);
    const isHeard = hours.has(hour) ? 1 : 0;
    add(slots.seen, slot, 1);
    add(slots.heard, slot, isHeard);
    add(dayHours.seen, dayHour, 1);
    add(dayHours.heard, dayHour, isHeard);
  }
  return Array.from({ length: slotsOfWeek }, (_, slot) => {
    const weeks = slots.seen[slot] ?? 0;
    const share = weeks === 0 ? 0 : (slots.heard[slot] ?? 0) / weeks;
    const dayHour = dayHourOf(slot);
    const ofDay = (dayHours.heard[dayHour] ?? 0) / Math.max(1, dayHours.seen[dayHour] ?? 0);
    return (ofDay >= expectedShare && share >= 0.5) || (weeks >= weeksForWeekly && share >= weeklyShare);
  });
}

interface Learning {
  readonly slotOf: WeekSlots;
  readonly expected: readonly boolean[];
  /** The longest silence of each day rather than of each hour counts: what comes in bursts says little within them. */
  readonly perDay: boolean;
}

/** Null where there is too little to go by. */
function limitsOf(heard: readonly HeardHour[], learning: Learning): number[] | null {
  const silences = silencesOf(heard, learning);
  const all = silences.map(({ minutes }) => minutes);
  if (all.length < fewestSilences) return null;
  const whole = limitOf(all);
  const byDayHour = Map.groupBy(silences, ({ slot }) => dayHourOf(slot));
  const limits = new Map(
    [...byDayHour].map(([dayHour, own]) => {
      const minutes = own.map((each) => each.minutes);
      const few = (): number => Math.max(whole, 2 * Math.max(...minutes));
      return [dayHour, minutes.length >= fewestAlike ? limitOf(minutes) : few()];
    }),
  );
  return learning.expected.map((isExpected, slot) =>
    isExpected
      ? Math.min(mostSilenceMinutes, Math.ceil(learning.perDay ? whole : (limits.get(dayHourOf(slot)) ?? whole)))
      : 0,
  );
}

/**
 * The longest silence that ended in each hour (or on each day) that something was heard in. Only time in which something was
 * expected counts: a night between two working days is none.
 */
function silencesOf(
  heard: readonly HeardHour[],
  { slotOf, expected, perDay }: Learning,
): { slot: number; minutes: number }[] {
  const found: { slot: number; minutes: number }[] = [];
  let quiet = 0;
  let wasHeard = false;
  let nextHour = heard[0]?.hour ?? 0;
  let day = -1;
  for (const { hour, marks } of heard) {
    for (; nextHour < hour; nextHour += 1) if (expected[slotOf(nextHour)] === true) quiet += 60;
    nextHour = hour + 1;
    const slot = slotOf(hour);
    const isExpected = expected[slot] === true;
    let longest = -1;
    for (let mark = 0; mark < marksPerHour; mark += 1) {
      if ((marks & (1 << mark)) !== 0) {
        if (wasHeard) longest = Math.max(longest, quiet + (isExpected ? markMinutes : 0));
        wasHeard = true;
        quiet = 0;
      } else if (isExpected) quiet += markMinutes;
    }
    if (longest < 0 || !isExpected) continue;
    const ofDay = Math.floor(hour / 24);
    const before = found.at(-1);
    if (perDay && ofDay === day && before !== undefined) before.minutes = Math.max(before.minutes, longest);
    else found.push({ slot, minutes: longest });
    day = ofDay;
  }
  return found;
}

/** From when on a silence is none of the usual ones. Minutes. */
function limitOf(silences: readonly number[]): number {
  const sorted = silences.toSorted((one, other) => one - other);
  const median = middle(sorted);
  const spread = middle(sorted.map((each) => Math.abs(each - median)).toSorted((one, other) => one - other));
  const deviation = normalDeviation * spread;
  const outliers = Math.max(1, Math.ceil(outlierShare * sorted.length));
  const longest = sorted[Math.max(0, sorted.length - 1 - outliers)] ?? median;
  const isRegular = deviation <= median / 4 && longest < 2 * median;
  const usual = median + Math.max(leastSilenceMinutes, deviations * deviation);
  return Math.max(leastSilenceMinutes, usual, (isRegular ? 1.25 : 2) * longest);
}

function middle(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function add(counts: number[], at: number, more: number): void {
  counts[at] = (counts[at] ?? 0) + more;
}
