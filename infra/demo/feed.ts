import type { InstallationClock } from '../local/moved-clock.ts';
import type { Stoppable } from '../local/supervisor.ts';
import type { DemoFile } from './provision.ts';
import { sendLines } from './send-lines.ts';
import { isHeard, ordinaryDay, type Story } from './story/make-story.ts';
import type { StoryLine } from './story/story-line.ts';
import { dayMs, dayStart } from './story/story-time.ts';

/** What of the story its going on needs. */
export type StoryPace = Pick<Story, 'seed' | 'busyHourLines' | 'planted'>;

const longestSleepMs = 60_000;

/** The lines from a moment on, day after day. */
function* linesFrom(pace: StoryPace, fromMs: number): Generator<StoryLine, never> {
  for (let day = dayStart(fromMs); ; day += dayMs) {
    for (const line of ordinaryDay(day, pace)) if (line.atMs > fromMs && isHeard(line, pace.planted)) yield line;
  }
}

/** Goes on with the story for as long as the installation runs; a server that is away misses what was written meanwhile. */
export function startFeeding(
  file: DemoFile,
  { pace, clock }: { pace: StoryPace; clock: Pick<InstallationClock, 'now'> },
): Stoppable {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const coming = linesFrom(pace, clock.now().getTime());
  let next = coming.next().value;
  const goOn = async (): Promise<void> => {
    const due: StoryLine[] = [];
    for (const nowMs = clock.now().getTime(); next.atMs <= nowMs; next = coming.next().value) due.push(next);
    await sendLines(file, due).catch(() => undefined);
    if (stopping.signal.aborted) return;
    const waitMs = Math.min(longestSleepMs, Math.max(0, next.atMs - clock.now().getTime()));
    timer = setTimeout(() => void goOn(), waitMs);
  };
  void goOn();
  return {
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
      return Promise.resolve();
    },
  };
}
