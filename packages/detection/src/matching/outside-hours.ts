import { zoneClock } from '@akashi/log-event';
import type { RuleHours } from '../rules/rule.ts';

const daySeconds = 86_400;

/** Whether a moment is outside the hours by a zone's clocks. An unknown zone is read as UTC. */
export function isOutsideHours(
  { days, fromMinute, untilMinute }: RuleHours,
  timeMs: number,
  timeZone: string,
): boolean {
  const seconds = Math.floor(timeMs / 1_000);
  const local = seconds + (zoneClock(timeZone)?.offsetAt(seconds) ?? 0);
  const dayNumber = Math.floor(local / daySeconds);
  // 1970-01-01 was a Thursday.
  const day = ((((dayNumber + 3) % 7) + 7) % 7) + 1;
  const minute = Math.floor((local - dayNumber * daySeconds) / 60);
  if (fromMinute < untilMinute) return !(days.includes(day) && minute >= fromMinute && minute < untilMinute);
  // A shift over midnight belongs to the day on which it began.
  const isEvening = days.includes(day) && minute >= fromMinute;
  const isMorning = days.includes(day === 1 ? 7 : day - 1) && minute < untilMinute;
  return !(isEvening || isMorning);
}
