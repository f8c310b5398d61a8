/**
 * One row of a master as it stands in one version of its table. It holds from `validFromMs` until before `validUntilMs` (UTC
 * milliseconds); null is open. `values` are by the English column names, in the forms that `readValue` gives; a column
 * without a value is absent. The columns of a table's own period (`leasedAt`, `from`, `to`, …) say the period in RFC 3339.
 */
export interface MasterRow {
  /** The same through all versions of the row. */
  readonly id: string;
  readonly master: string;
  readonly validFromMs: number | null;
  readonly validUntilMs: number | null;
  readonly values: Readonly<Record<string, string>>;
}

/** When a row holds: from the first moment until before the second; null is open. */
export interface Validity {
  readonly validFromMs: number | null;
  readonly validUntilMs: number | null;
}

export function isValidAt(validity: Validity, momentMs: number): boolean {
  return (
    (validity.validFromMs === null || validity.validFromMs <= momentMs) &&
    (validity.validUntilMs === null || momentMs < validity.validUntilMs)
  );
}

/** What two periods have in common; undefined when they only touch, or not even that. */
export function intersection(one: Validity, other: Validity): Validity | undefined {
  const validFromMs = latest(one.validFromMs, other.validFromMs);
  const validUntilMs = earliest(one.validUntilMs, other.validUntilMs);
  if (validFromMs !== null && validUntilMs !== null && validFromMs >= validUntilMs) return undefined;
  return { validFromMs, validUntilMs };
}

function latest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
