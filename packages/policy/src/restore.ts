/** How many restored sets of an organisation are being made or stand at a time. */
export const mostRestoredSets = 5;

/** How long a restored set stands when nobody ends it before. */
export const restoredDays = 14;

/** More records than this take more disk and hours than a look at the past is worth: a shorter period is asked for. */
export const mostRestoredRecords = 50_000_000;

/** More names than this are a whole archive, and more than one search can be asked with. */
export const mostRestoredLogGroups = 1_000;

/** Records a second, measured beside indexing on a small machine; each block is opened besides, whatever it holds. */
const usualPace = 5_000;
const secondsPerBlock = 0.02;

export interface RestoreSize {
  readonly records: number;
  readonly blocks: number;
}

/** How many seconds a restore will take: by what the last ones took, else by what is usual. */
export function estimateRestoreSeconds(
  { records, blocks }: RestoreSize,
  pace: { readonly records: number; readonly seconds: number } | null,
): number {
  if (records === 0) return 0;
  const rate = pace === null || pace.seconds <= 0 || pace.records <= 0 ? usualPace : pace.records / pace.seconds;
  return Math.ceil(records / rate + blocks * secondsPerBlock);
}

/** What is left of a restore that runs, by its own rate; the estimate where it has none yet. */
export function remainingRestoreSeconds(
  running: { readonly records: number; readonly doneRecords: number; readonly estimateSeconds: number },
  runningSeconds: number,
): number {
  const { records, doneRecords, estimateSeconds } = running;
  if (doneRecords <= 0 || runningSeconds <= 0) return Math.max(0, Math.ceil(estimateSeconds - runningSeconds));
  return Math.ceil(((records - Math.min(records, doneRecords)) * runningSeconds) / doneRecords);
}

/** What was received in the last moments may still be on its way into the ledger. */
const settledAfterMs = 10_000;
/** Records come before their segment is accepted as a whole. */
const acceptedAfterMs = 60_000;

/**
 * Until when a set can be complete: everything that was received before is sealed. `unsealedSince` is when the oldest segment that
 * is in no block yet was accepted.
 */
export function restorableUntil(now: Date, unsealedSince: Date | null): Date {
  const settled = now.getTime() - settledAfterMs;
  return new Date(unsealedSince === null ? settled : Math.min(settled, unsealedSince.getTime() - acceptedAfterMs));
}
