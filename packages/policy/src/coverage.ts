import { eventClasses, sixFields, type EventClass, type SixField } from '@akashi/log-event';

/** What a source sent of one class on a day, or before it. */
export interface SeenClass {
  readonly class: EventClass;
  /** Events of the day. */
  readonly count: number;
  /** The newest one, of the day or before, in epoch milliseconds. */
  readonly lastMs: number;
  /** How many of the day's events count for the score of the six fields, and how many of those lack each of them. */
  readonly judged: number;
  readonly missing: Readonly<Partial<Record<SixField, number>>>;
}

export type CoverageState = 'today' | 'before' | 'never' | 'not-expected';

export interface CoverageCell {
  readonly class: EventClass;
  readonly state: CoverageState;
  readonly count: number;
  readonly lastMs: number | null;
  /** Share of the six fields of 10.2.2 that the day's events have, 0 to 1; null without events. */
  readonly completeness: number | null;
  readonly missing: Readonly<Partial<Record<SixField, number>>>;
}

/**
 * One cell for each class, in the order of the list (PCI DSS 10.2.1). What was seen on the day is seen, whatever was expected;
 * what was not seen and is not expected is no gap, also when it was seen before.
 */
export function coverageOf(seen: readonly SeenClass[], notExpected: ReadonlySet<string>): CoverageCell[] {
  return eventClasses.map((name) => {
    const found = seen.find((each) => each.class === name);
    const count = found?.count ?? 0;
    return {
      class: name,
      state: stateOf(count, found !== undefined, notExpected.has(name)),
      count,
      lastMs: found?.lastMs ?? null,
      completeness: completenessOf(found),
      missing: found?.missing ?? {},
    };
  });
}

function stateOf(count: number, isKnown: boolean, isExcepted: boolean): CoverageState {
  if (count > 0) return 'today';
  if (isExcepted) return 'not-expected';
  return isKnown ? 'before' : 'never';
}

function completenessOf(found: SeenClass | undefined): number | null {
  if (found === undefined || found.judged === 0) return null;
  const lacking = Object.values(found.missing).reduce((sum, count) => sum + count, 0);
  return 1 - lacking / (sixFields.length * found.judged);
}
