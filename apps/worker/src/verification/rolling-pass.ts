import type { VerificationProgress } from '@akashi/database';

/** How often verification runs, and in how long it goes over everything again. */
export interface PassPace {
  readonly everyMs: number;
  readonly periodMs: number;
  /** The place is kept after so many records (index) or blocks (archive). */
  readonly step: number;
}

/** Large enough for the stores to work at their pace, small enough that a restart repeats next to nothing. */
export const passSteps = { records: 20_000, blocks: 256 } as const;

export interface Pass {
  readonly startedAt: Date;
  /** What was looked at, of `total` at its beginning: records or blocks. */
  readonly done: number;
  readonly total: number;
}

/** After a standstill a run takes on several runs' shares, and no more: what is late is caught up over the next runs. */
const mostShares = 3;

/**
 * How much of the pass is to be done when this run ends: as much as its time allows for until the next run, so that it
 * ends within its period, and never more than a few runs' shares at once.
 */
export function passTarget(pass: Pass, pace: PassPace, now: Date): number {
  const { done, total, startedAt } = pass;
  const share = Math.ceil((total * pace.everyMs) / pace.periodMs);
  const elapsedMs = Math.max(0, now.getTime() - startedAt.getTime());
  const due = Math.ceil((total * Math.min(pace.periodMs, elapsedMs + pace.everyMs)) / pace.periodMs);
  return Math.min(Math.max(due, done), done + mostShares * Math.max(share, 1));
}

/** Whether a new pass begins: nothing was gone over yet, or the last one began a whole period ago. */
export function isPassDue(lastStartedAt: Date | null, pace: PassPace, now: Date): boolean {
  return lastStartedAt === null || now.getTime() - lastStartedAt.getTime() >= pace.periodMs;
}

/** When the pass, or the next one, is to have reached its end. */
export function passDueAt(
  { passStartedAt, wholePassStartedAt }: { passStartedAt: Date | null; wholePassStartedAt: Date | null },
  { periodMs }: PassPace,
): Date | null {
  if (passStartedAt !== null) return new Date(passStartedAt.getTime() + periodMs);
  return wholePassStartedAt === null ? null : new Date(wholePassStartedAt.getTime() + 2 * periodMs);
}

/** The progress with its pass at its end. */
export function wholePass(pass: VerificationProgress, finishedAt: Date): VerificationProgress {
  const { passStartedAt: wholePassStartedAt } = pass;
  return { ...pass, wholePassStartedAt, wholePassFinishedAt: finishedAt, passStartedAt: null, passCursor: null };
}

/** The smallest id of a landing segment (UUIDv7) that was made at that time or later. */
export function firstSegmentIdAt(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
