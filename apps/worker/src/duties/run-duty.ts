import { tenantId, type DutyRunName, type DutyRuns, type PlannedRun, type TakenRun } from '@akashi/database';
import { dutyPlace, nextPeriod, overtaking, type DutyDefinition } from '@akashi/policy';
import type { Logger } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import type { DutyOutcomes } from './duty-outcomes.ts';
import type { DutyHandlers, DutyResult, DutyWork } from './duty-work.ts';
import { definitionOf, ownerOf, plannedRun, type DutyDefinitions } from './plan-duties.ts';

/** A killed worker's run is taken up by another so much later. */
const leaseMs = 60_000;
const extendEveryMs = leaseMs / 3;
const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

export interface RunDutyParts {
  readonly runs: Pick<DutyRuns, 'take' | 'extend' | 'end' | 'giveBack'>;
  readonly definitions: DutyDefinitions;
  readonly handlers: DutyHandlers;
  readonly outcomes: DutyOutcomes;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** For drills: passed with `duty-taken` and `duty-worked`. */
  readonly onStep: (step: string) => void;
  readonly now: () => Date;
  readonly stopping: AbortSignal;
}

/**
 * Does one run of a duty if it may be taken: at most one worker has it at a time, and it ends once. Goes on with the run
 * after it as long as that one is due already, so that an outage is caught up in one go.
 */
export async function runDuty(parts: RunDutyParts, name: DutyRunName): Promise<void> {
  let next: DutyRunName | null = name;
  while (next !== null && !parts.stopping.aborted) next = await runOnce(parts, next);
}

async function runOnce(parts: RunDutyParts, name: DutyRunName): Promise<DutyRunName | null> {
  const { runs, now } = parts;
  const definition = definitionOf(parts.definitions, name.duty);
  // A duty of another release is left to those who know it.
  if (definition === undefined) return null;
  const run = await runs.take(name, { now: now(), leaseMs });
  if (run === null) return null;
  parts.onStep('duty-taken');
  if (!isFor(definition, run)) return end(parts, run, { outcome: 'skipped', next: null });
  const newer = overtaking(definition, placeOf(definition, run), { period: run.period, now: now() });
  if (newer !== null) {
    const outcome = run.errorCode === null ? 'skipped' : 'failed';
    return end(parts, run, { outcome, next: plannedRun(definition, run, newer) });
  }
  return work(parts, definition, run);
}

async function work(parts: RunDutyParts, definition: DutyDefinition, run: TakenRun): Promise<DutyRunName | null> {
  const { runs, outcomes, now, logger, stopping } = parts;
  const hold = holdLease(parts, run);
  try {
    const signal = AbortSignal.any([stopping, hold.lost]);
    const result = await handle(parts.handlers, run, { period: run.period, dueAt: run.dueAt, signal });
    parts.onStep('duty-worked');
    if (result.kind === 'wait') {
      await runs.giveBack(run, { at: result.until, errorCode: null });
      return null;
    }
    const after = { period: run.period, now: now(), after: result.after };
    const next = plannedRun(definition, run, nextPeriod(definition, placeOf(definition, run), after));
    const following = await end(parts, run, { outcome: 'done', next });
    await outcomes.done(run);
    return following;
  } catch (error) {
    if (stopping.aborted) {
      // Cut off by the stop: nothing failed, and whoever is there next may take it at once.
      await runs.giveBack(run, { at: now(), errorCode: null });
      return null;
    }
    const code = faultCode(error);
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(run.attempts - 1, 10));
    await runs.giveBack(run, { at: new Date(now().getTime() + pauseMs), errorCode: code });
    logger.warn({ ...nameOf(run), code, err: error }, 'A duty failed; it will be tried again.');
    await outcomes.failed(run, code);
    return null;
  } finally {
    hold.release();
  }
}

async function handle(handlers: DutyHandlers, run: TakenRun, work: DutyWork): Promise<DutyResult> {
  const { duty, tenantId: owner } = run;
  const handler: unknown = Object.hasOwn(handlers, duty) ? handlers[duty as keyof DutyHandlers] : undefined;
  if (typeof handler !== 'function') throw new Error(`nothing does the duty ${duty}`);
  if (owner === null) return (handler as DutyHandlers['clean-up'])(work);
  return (handler as DutyHandlers['heartbeat'])(tenantId(owner), work);
}

/** Ends a run and plans the next; answers that one when it is due already. */
async function end(
  { runs, now, logger }: RunDutyParts,
  run: TakenRun,
  { outcome, next }: { outcome: 'done' | 'failed' | 'skipped'; next: PlannedRun | null },
): Promise<DutyRunName | null> {
  const at = now();
  const errorCode = outcome === 'failed' ? run.errorCode : null;
  if (!(await runs.end(run, { outcome, errorCode, at, next }))) {
    logger.warn(nameOf(run), 'The lease of a duty was lost before it ended.');
    return null;
  }
  return next !== null && next.dueAt <= at ? next : null;
}

/** Extends the lease while the work goes on; `lost` is aborted when somebody else has it. */
function holdLease({ runs, now, logger }: RunDutyParts, run: TakenRun): { lost: AbortSignal; release(): void } {
  const lost = new AbortController();
  const timer = setInterval(() => {
    runs.extend(run, new Date(now().getTime() + leaseMs)).then(
      (isHeld) => isHeld || lost.abort(),
      (cause: unknown) => logger.warn({ ...nameOf(run), err: cause }, 'The lease of a duty could not be extended.'),
    );
  }, extendEveryMs);
  timer.unref();
  return { lost: lost.signal, release: () => clearInterval(timer) };
}

function placeOf(definition: DutyDefinition, run: TakenRun): ReturnType<typeof dutyPlace> {
  const timeZone = run.organisation?.timeZone ?? 'UTC';
  return dutyPlace(definition, { duty: run.duty, owner: ownerOf(run), timeZone });
}

/** Whether the organisation still has the duty: a closed one loses those that are for people. */
function isFor({ of }: DutyDefinition, { organisation }: TakenRun): boolean {
  if (organisation === null) return true;
  return (of.closed || organisation.status !== 'closed') && (of.platform || organisation.kind !== 'platform');
}

function nameOf({ tenantId: owner, duty, period }: DutyRunName): DutyRunName {
  return { tenantId: owner, duty, period };
}
