import type { DutyRuns } from '@akashi/database';
import type { Queue } from '@akashi/queue';
import type { DutyOutcomes } from './duty-outcomes.ts';
import { definitionOf, planDuties, type DutyDefinitions } from './plan-duties.ts';

/** More than a busy minute has; after a long outage the rest is found by the next ticks. */
const mostAtOnce = 1_000;
/** What was missed is done within this time of the first look after an outage; what is not is told as late. */
const lateGraceMs = 3 * 60_000;

export interface DutyTickParts {
  readonly runs: Pick<DutyRuns, 'findUnplanned' | 'plan' | 'findDue' | 'findNewlyLate'>;
  readonly queue: Pick<Queue, 'enqueueDutyRun'>;
  readonly definitions: DutyDefinitions;
  readonly outcomes: Pick<DutyOutcomes, 'late'>;
  readonly now: () => Date;
}

/**
 * The minute's look, by one worker for all: plans what has no run yet, puts in line what is due, tells what is late. Four
 * queries, however many organisations there are; those of which nothing is due cost nothing. Answers how many are due.
 */
export async function dutyTick({ runs, queue, definitions, outcomes, now }: DutyTickParts): Promise<number> {
  await planDuties(runs, definitions, now());
  const due = await runs.findDue({ duties: Object.keys(definitions), now: now(), limit: mostAtOnce });
  for (const { tenantId, duty, period } of due) {
    const length = definitionOf(definitions, duty)?.length ?? 'short';
    await queue.enqueueDutyRun({ schema: 1, tenantId, duty, period }, { length });
  }
  for (const { errorCode, ...run } of await runs.findNewlyLate({ now: now(), graceMs: lateGraceMs }))
    await outcomes.late(run, errorCode);
  return due.length;
}
