import type { RestoreAnswer, RestoreEstimate } from '@akashi/contracts';
import type { Restore } from '@akashi/database';
import { reachOfLogGroup, remainingRestoreSeconds } from '@akashi/policy';
import { mayUse } from '../request-context/may-use.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import type { ChosenRestore } from './chosen-extent.ts';

/** A set is shown to those who see all of its log groups as a whole: for everybody else it is not there. */
export function seesRestore(
  { scope }: Pick<RequestContext, 'scope'>,
  { logGroups }: Pick<Restore, 'logGroups'>,
): boolean {
  return logGroups.every((name) => reachOfLogGroup(scope, name) === 'all');
}

export function showRestore(context: RequestContext, restore: Restore, now: Date): RestoreAnswer {
  const { state, records, doneRecords, startedAt } = restore;
  const isRunning = state === 'running' || state === 'waiting';
  const runningSeconds = startedAt === null ? 0 : (now.getTime() - startedAt.getTime()) / 1_000;
  return {
    id: restore.id,
    kind: restore.kind,
    logGroups: [...restore.logGroups],
    from: restore.from.toISOString(),
    to: restore.to.toISOString(),
    state,
    records: state === 'done' || state === 'expired' ? restore.restoredRecords : records,
    bytes: restore.bytes,
    estimateSeconds: restore.estimateSeconds,
    doneRecords: restore.restoredRecords,
    progress: isRunning
      ? Math.min(0.99, doneRecords / Math.max(1, records))
      : Math.min(1, doneRecords / Math.max(1, records)),
    remainingSeconds: isRunning ? remainingRestoreSeconds(restore, runningSeconds) : null,
    // Nothing is done before it was read back.
    proven: restore.finishedAt !== null && (state === 'done' || state === 'expired'),
    requestedBy: restore.requestedBy,
    createdAt: restore.createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: restore.finishedAt?.toISOString() ?? null,
    expiresAt: restore.expiresAt?.toISOString() ?? null,
    endedBy: restore.endedBy,
    errorCode: restore.errorCode,
    canManage: restore.kind === 'by-hand' && mayUse(context.actor, 'logs.restore'),
  };
}

export function showEstimate({ extent, amounts, estimateSeconds, refusal }: ChosenRestore): RestoreEstimate {
  return {
    records: amounts.records,
    bytes: amounts.bytes,
    estimateSeconds,
    logGroups: [...amounts.logGroups],
    from: extent.from.toISOString(),
    to: extent.to.toISOString(),
    blocks: amounts.blocks,
    firstReceived: amounts.firstReceived?.toISOString() ?? null,
    lastReceived: amounts.lastReceived?.toISOString() ?? null,
    refusal,
  };
}
