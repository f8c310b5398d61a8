import type { Logger } from './logger.ts';

/** What each process does for itself, again and again: what it alone has, or what costs nothing to do in each. */
export interface ProcessTimer {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

/**
 * Runs what a process does at intervals, from now on, each never twice at once. One that fails is logged and tried again at
 * its next time. What is due once for the whole installation is a duty of the worker instead. `stop` waits for running ones.
 */
export function startTimers(timers: readonly ProcessTimer[], logger: Logger): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const busy = new Set<string>();
  const run = (timer: ProcessTimer): void => {
    if (busy.has(timer.name)) return;
    busy.add(timer.name);
    const work = timer
      .run()
      .then(
        () => undefined,
        (error: unknown) => logger.error({ timer: timer.name, err: error }, 'What a process does at intervals failed.'),
      )
      .finally(() => {
        busy.delete(timer.name);
        running.delete(work);
      });
    running.add(work);
  };
  const intervals = timers.map((timer) => setInterval(() => run(timer), timer.everyMs));
  for (const timer of timers) run(timer);
  return {
    stop: async () => {
      for (const interval of intervals) clearInterval(interval);
      await Promise.all(running);
    },
  };
}
