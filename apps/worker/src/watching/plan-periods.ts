import type { DecidingPeriod } from '@akashi/database';

export interface PeriodPlan {
  /** What decides the block. */
  readonly inForce: readonly DecidingPeriod[];
  readonly begin: readonly DecidingPeriod[];
  readonly end: readonly DecidingPeriod[];
  /** Never in force: another one took their place before. */
  readonly skip: readonly DecidingPeriod[];
}

/**
 * Which versions decide a block whose segments were matched under `matchedRevision` at least (null: the block has none). A version
 * begins with the first block that was matched for it; the one before goes on until then. Nothing else decides it, so that every
 * block is decided by versions that its events were asked about.
 */
export function planPeriods(live: readonly DecidingPeriod[], matchedRevision: number | null): PeriodPlan {
  const plan = { inForce: [], begin: [], end: [], skip: [] } as { [Step in keyof PeriodPlan]: DecidingPeriod[] };
  const isMatched = ({ revision }: DecidingPeriod): boolean => matchedRevision === null || revision <= matchedRevision;
  for (const periods of Map.groupBy(live, ({ ruleId }) => ruleId).values()) {
    const running = periods.filter(({ firstEntry }) => firstEntry !== null);
    const waiting = periods
      .filter(({ firstEntry }) => firstEntry === null)
      .toSorted((one, other) => one.revision - other.revision);
    const comes = waiting.at(-1)?.isEnded === false ? waiting.at(-1) : undefined;
    const begins = comes === undefined ? undefined : waiting.findLast(isMatched);
    // One that was ended goes on until what takes its place can begin, and may even begin until then.
    const decides = begins ?? running.find(({ isEnded }) => !isEnded || comes !== undefined);
    if (begins !== undefined) plan.begin.push(begins);
    if (decides !== undefined) plan.inForce.push(decides);
    plan.end.push(...running.filter((period) => period !== decides));
    plan.skip.push(
      ...waiting.filter(
        (period) =>
          period.isEnded && period !== begins && (comes === undefined || (begins?.revision ?? 0) > period.revision),
      ),
    );
  }
  return plan;
}

/** Segments of a block that were matched before one of the versions in force was there. */
export function isMatchedFor(inForce: readonly DecidingPeriod[], revision: number): boolean {
  return inForce.every((period) => period.revision <= revision);
}
