import { activityAt, businessLine, hourlyLines } from './business.ts';
import { rollDice } from './dice.ts';
import { officeDay } from './office-day.ts';
import { plantedBefore, type Planted } from './planted.ts';
import { byTime, type StoryLine } from './story-line.ts';
import { dayMs, dayStart, hourMs } from './story-time.ts';

export const storyDays = 21;
export const usualSeed = 20_260_226;

/** Nothing is written in the last moments of an hour: what belongs to a day is sent on it. */
const latestInHourMs = hourMs - 31_000;

export interface StorySettings {
  readonly seed: number;
  /** When the story is told. */
  readonly nowMs: number;
  /** Lines up to then, about. */
  readonly lines: number;
}

export interface Story {
  readonly seed: number;
  /** The start of its first day. */
  readonly fromMs: number;
  /** The start of the day on which it is told. */
  readonly todayMs: number;
  readonly nowMs: number;
  /** By time, up to `nowMs`. */
  readonly lines: readonly StoryLine[];
  readonly planted: readonly Planted[];
  /** Lines of daily business in an hour of full activity. */
  readonly busyHourLines: number;
}

/** A day as it goes on by itself, from its seed: the same day is the same whenever it is asked for. */
export function ordinaryDay(
  dayStartMs: number,
  { seed, busyHourLines }: Pick<Story, 'seed' | 'busyHourLines'>,
): StoryLine[] {
  const roll = rollDice(seed ^ Math.floor(dayStartMs / dayMs));
  const lines = officeDay(dayStartMs, roll);
  for (let hour = 0; hour < 24; hour += 1) {
    const startMs = dayStartMs + hour * hourMs;
    lines.push(...hourlyLines(startMs));
    const count = Math.round(busyHourLines * activityAt(startMs) * (0.92 + 0.16 * roll.random()));
    for (let at = 0; at < count; at += 1) lines.push(businessLine(startMs + roll.number(0, latestInHourMs), roll));
  }
  return lines.toSorted(byTime);
}

/** Machines that have fallen silent write nothing from then on. */
export function isHeard(line: StoryLine, planted: readonly Planted[]): boolean {
  return !planted.some(
    ({ silentFromMs, host }) => silentFromMs !== undefined && line.atMs >= silentFromMs && line.logStream === host,
  );
}

/** Three weeks of the card shop up to now, with what is planted in them. The lines are told when they are first asked for. */
export function makeStory({ seed, nowMs, lines: wanted }: StorySettings): Story {
  const todayMs = dayStart(nowMs);
  const fromMs = todayMs - storyDays * dayMs;
  const planted = plantedBefore(todayMs);
  const days = Array.from({ length: storyDays + 1 }, (_, at) => fromMs + at * dayMs);
  const untilNow = (line: StoryLine): boolean => line.atMs <= nowMs;
  const office = days.flatMap((day) => ordinaryDay(day, { seed, busyHourLines: 0 })).filter(untilNow);
  const busyHours = days.reduce((sum, day) => sum + busyHoursOf(day, nowMs), 0);
  const told = planted.reduce((sum, { lines }) => sum + lines.length, office.length);
  const busyHourLines = Math.max(1, (wanted - told) / busyHours);
  const tell = (): StoryLine[] =>
    [
      ...days.flatMap((day) => ordinaryDay(day, { seed, busyHourLines })).filter(untilNow),
      ...planted.flatMap((each) => each.lines),
    ]
      .filter((line) => isHeard(line, planted))
      .toSorted(byTime);
  let lines: StoryLine[] | undefined;
  return {
    seed,
    fromMs,
    todayMs,
    nowMs,
    planted,
    busyHourLines,
    get lines() {
      return (lines ??= tell());
    },
  };
}

function busyHoursOf(day: number, nowMs: number): number {
  const hours = Math.min(24, Math.max(0, (nowMs - day) / hourMs));
  return Array.from({ length: Math.ceil(hours) }, (_, hour) => activityAt(day + hour * hourMs)).reduce(
    (sum, share) => sum + share,
    0,
  );
}
