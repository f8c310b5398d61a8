import { tenantId, type DutyRuns } from '@akashi/database';
import type { Queue } from '@akashi/queue';
import { startTimers, type Logger } from '@akashi/server-kit';
import type { DutyOutcomes } from './duty-outcomes.ts';
import { dutyTick } from './duty-tick.ts';
import type { DutyHandlers } from './duty-work.ts';
import type { DutyDefinitions } from './plan-duties.ts';
import { runDuty } from './run-duty.ts';

const tickEveryMs = 60_000;
/** At a time in one worker; many short ones wait for a disk or a server. */
const concurrency = { short: 4, long: 1 } as const;

export interface DutiesParts {
  readonly runs: DutyRuns;
  readonly queue: Pick<Queue, 'keepTicking' | 'enqueueDutyRun' | 'consumeDuties'>;
  readonly definitions: DutyDefinitions;
  readonly handlers: DutyHandlers;
  readonly outcomes: DutyOutcomes;
  readonly logger: Logger;
  readonly onStep: (step: string) => void;
  readonly now: () => Date;
}

/**
 * Takes part in the installation's duties: the queue's tick wakes one of the workers each minute, the table says what is due,
 * and the queue spreads the runs over all workers. `stop` waits for running ones, which hear of it by their signal.
 */
export function startDuties(parts: DutiesParts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const consumer = parts.queue.consumeDuties(
    {
      tick: async () => void (await dutyTick(parts)),
      run: ({ tenantId: owner, duty, period }) =>
        runDuty(
          { ...parts, stopping: stopping.signal },
          { tenantId: owner === null ? null : tenantId(owner), duty, period },
        ),
    },
    { concurrency },
  );
  // The tick itself is the queue's: a queue that was lost or replaced has none until somebody makes it again.
  const timers = startTimers(
    [{ name: 'keep-ticking', everyMs: tickEveryMs, run: () => parts.queue.keepTicking(tickEveryMs) }],
    parts.logger,
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([timers.stop(), consumer.close()]);
    },
  };
}
