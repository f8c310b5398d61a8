import { usualHours } from '@akashi/report';

/** Days of the week (1 is Monday) and minutes after midnight; an end before the beginning is on the next day. */
export interface Hours {
  days: number[];
  fromMinute: number;
  untilMinute: number;
}

/** To begin with. */
export function newHours(): Hours {
  return { ...usualHours, days: [...usualHours.days] };
}

/** `08:00`; the end of a day is `24:00`. */
export function minuteText(minute: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

/** Minutes after midnight of `8:00`, `08:00` or `24:00`; null for anything else. */
export function readMinute(text: string): number | null {
  const [, hour, minute] = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes > 1440 ? null : minutes;
}

/** Days of the week in runs: 1, 2, 3, 4, 5, 7 are 1–5 and 7. */
export function dayRuns(days: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** What hours may be: some days, a beginning within a day, an end that is another minute. */
export function areHours({ days, fromMinute, untilMinute }: Readonly<Hours>): boolean {
  return days.length > 0 && fromMinute <= 1439 && untilMinute >= 1 && fromMinute !== untilMinute;
}
