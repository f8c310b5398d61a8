import { zoneClock } from '@akashi/log-event';
import type { WorkingHours } from '../definitions/working-hours.ts';

const daySeconds = 86_400;

/** Whether a moment is outside working hours by a zone's clocks. An unknown zone is read as UTC. */
export function isOutsideHours(hours: WorkingHours, timeMs: number, timeZone: string): boolean {
  const { day, minute } = localMinute(timeMs, timeZone);
  const { fromMinute, untilMinute } = hours;
  if (fromMinute < untilMinute) return !(hours.days.includes(day) && minute >= fromMinute && minute < untilMinute);
  // A shift over midnight belongs to the day on which it began.
  const isEvening = hours.days.includes(day) && minute >= fromMinute;
  const isMorning = hours.days.includes(day === 1 ? 7 : day - 1) && minute < untilMinute;
  return !(isEvening || isMorning);
}

/** The day of the week (1 Monday to 7 Sunday) and the minute of the day that a zone's clocks show. */
export function localMinute(timeMs: number, timeZone: string): { day: number; minute: number } {
  const seconds = Math.floor(timeMs / 1000);
  const local = seconds + (zoneClock(timeZone)?.offsetAt(seconds) ?? 0);
  const days = Math.floor(local / daySeconds);
  // 1970-01-01 was a Thursday.
  return { day: ((((days + 3) % 7) + 7) % 7) + 1, minute: Math.floor((local - days * daySeconds) / 60) };
}
