import type { MasterDefinition } from './master-definition.ts';
import { intersection, type MasterRow, type Validity } from './master-row.ts';
import { groupKey, sameValues } from './row-values.ts';

/** Two rows that contradict each other, and when. */
export interface Overlap extends Validity {
  readonly rows: readonly [MasterRow, MasterRow];
}

export interface Overlaps {
  readonly found: readonly Overlap[];
  /** Whether there are more than could be looked for. */
  readonly hasMore: boolean;
}

const mostFound = 1_000;
/** A table in which everything overlaps is not compared pair by pair to its end. */
const mostComparisons = 2_000_000;

/**
 * Rows of the same `exclusive` columns that hold at the same time, where at least one is of `touched`. A row of a table that
 * `endsWithNext` ends where the next of its group begins; such rows contradict each other only if they say something else.
 */
export function findOverlaps(
  definition: MasterDefinition,
  rows: readonly MasterRow[],
  touched: ReadonlySet<string>,
): Overlaps {
  const groups = new Map<string, MasterRow[]>();
  for (const row of rows) {
    const key = groupKey(definition, definition.exclusive, row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const found: Overlap[] = [];
  let comparisons = 0;
  for (const group of groups.values()) {
    if (group.length < 2 || !group.some(({ id }) => touched.has(id))) continue;
    const ordered = group.toSorted(byStart);
    const periods = definition.endsWithNext ? withNextAsEnd(ordered) : ordered;
    for (const [at, row] of ordered.entries()) {
      const period = periods[at] ?? row;
      for (let next = at + 1; next < ordered.length; next++) {
        const other = ordered[next];
        const common = other === undefined ? undefined : intersection(period, periods[next] ?? other);
        if (other === undefined || common === undefined) break;
        if (++comparisons > mostComparisons || found.length >= mostFound) return { found, hasMore: true };
        if (!touched.has(row.id) && !touched.has(other.id)) continue;
        if (definition.endsWithNext && sameValues(definition, row, other)) continue;
        found.push({ ...common, rows: [row, other] });
      }
    }
  }
  return { found, hasMore: false };
}

function byStart(one: Validity, other: Validity): number {
  return (one.validFromMs ?? -Infinity) - (other.validFromMs ?? -Infinity) || 0;
}

/** When rows in the order of their starts hold, if one without an end ends where the next later one begins. */
export function withNextAsEnd(ordered: readonly MasterRow[]): Validity[] {
  const periods: Validity[] = [];
  let later: number | null = null;
  let nextStart: number | null = null;
  for (const { validFromMs, validUntilMs } of ordered.toReversed()) {
    if (validFromMs !== later) {
      nextStart = later;
      later = validFromMs;
    }
    periods.push({ validFromMs, validUntilMs: validUntilMs ?? nextStart });
  }
  return periods.reverse();
}
