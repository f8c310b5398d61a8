import type { Story } from './story/make-story.ts';
import type { StoryLine } from './story/story-line.ts';
import { dayMs, hourMs } from './story/story-time.ts';

/** So long before the end of its time a go of lines is sent: whatever sending takes, it is over by then. */
const beforeEndMs = 30_000;
const halfHourMs = hourMs / 2;

export interface Go {
  /** When its lines are sent. */
  readonly untilMs: number;
  readonly lines: readonly StoryLine[];
}

/** Files are shipped together every so many hours: a request for each of them every hour would take longer than their lines. */
const hoursOfFiles = 6;

/**
 * The lines of a day as they come in: syslog hour by hour, the first hour in halves, so that the log is never silent for an
 * hour; what is shipped from files every few hours.
 */
export function goesOf({ lines, nowMs }: Pick<Story, 'lines' | 'nowMs'>, day: number): Go[] {
  const ends = [halfHourMs, ...Array.from({ length: 24 }, (_, hour) => (hour + 1) * hourMs)].map((end) => day + end);
  let left = lines.filter(({ atMs }) => atMs >= day && atMs < day + dayMs);
  return ends.flatMap((endMs): Go[] => {
    const shipsFiles = endMs >= nowMs || (endMs - day) % (hoursOfFiles * hourMs) === 0;
    const untilMs = Math.min(endMs - beforeEndMs, nowMs);
    const isDue = ({ atMs, logStream }: StoryLine): boolean => atMs <= untilMs && (shipsFiles || logStream === null);
    const due = left.filter(isDue);
    left = left.filter((line) => !isDue(line));
    return due.length === 0 ? [] : [{ untilMs, lines: due }];
  });
}
