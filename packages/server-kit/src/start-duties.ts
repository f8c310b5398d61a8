import type { Logger } from './logger.ts';

export interface Duty {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

/**
 * Runs duties at their intervals, each never twice at once. A duty that fails is logged and tried again at its next
 * time; what it has to do stands in the ledger, so nothing is forgotten. `stop` waits for running ones.
 */
export function startDuties(duties: readonly Duty[], logger: Logger): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const busy = new Set<string>();
  const run = (duty: Duty): void => {
    if (busy.has(duty.name)) return;
    busy.add(duty.name);
    const work = duty
      .run()
      .then(
        () => undefined,
        (error: unknown) => logger.error({ duty: duty.name, err: error }, 'A scheduled duty failed.'),
      )
      .finally(() => {
        busy.delete(duty.name);
        running.delete(work);
      });
    running.add(work);
  };
  const timers = duties.map((duty) => setInterval(() => run(duty), duty.everyMs));
  for (const duty of duties) run(duty);
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
