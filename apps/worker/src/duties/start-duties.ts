import { tenantId, type DutyRuns } from '@akashi/database';
import { dutiesOfPast } from '@akashi/policy';
import type { Queue } from '@akashi/queue';
import { startTimers, type Logger, type ProcessTimer } from '@akashi/server-kit';
import type { DutyOutcomes } from './duty-outcomes.ts';
import { dutyTick } from './duty-tick.ts';
import type { DutyHandlers } from './duty-work.ts';
import type { DutyDefinitions } from './plan-duties.ts';
import { runDuty, type RunDutyParts } from './run-duty.ts';

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
 * Does the duties of a past that is being made as soon as they are due. Plans none: whoever makes the past says from which day
 * on they are done, and each plans the next.
 */
export function dutiesOfSteppedClock(
  parts: Omit<RunDutyParts, 'stopping' | 'runs'> & Pick<DutiesParts, 'runs'>,
  stopping: AbortSignal,
): ProcessTimer {
  return {
    name: 'duties-of-past',
    everyMs: 200,
    run: async () => {
      const due = await parts.runs.findDue({ duties: dutiesOfPast, now: parts.now(), limit: 10 });
      for (const name of due) await runDuty({ ...parts, stopping }, name);
    },
  };
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
