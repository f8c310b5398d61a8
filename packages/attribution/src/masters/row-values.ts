import type { MasterDefinition } from './master-definition.ts';
import type { MasterRow, Validity } from './master-row.ts';
import { foldName } from './written-name.ts';

/** A row's values with the columns that say its period, in RFC 3339 (UTC). */
export function valuesOfRow(
  { period }: MasterDefinition,
  values: Readonly<Record<string, string>>,
  validity: Validity,
): Readonly<Record<string, string>> {
  const times: Record<string, string> = {};
  if (period.from !== null && validity.validFromMs !== null) times[period.from] = momentText(validity.validFromMs);
  if (period.until !== null && validity.validUntilMs !== null) times[period.until] = momentText(validity.validUntilMs);
  return { ...values, ...times };
}

/** The values that a row keeps beside its validity: those that do not say its period. */
export function keptValues({ period }: MasterDefinition, row: Pick<MasterRow, 'values'>): Record<string, string> {
  const kept = { ...row.values };
  if (period.from !== null) delete kept[period.from];
  if (period.until !== null) delete kept[period.until];
  return kept;
}

function momentText(ms: number): string {
  return new Date(ms).toISOString();
}

/** What rows say alike in some columns; a start is compared as a moment, a name by its fold. */
export function groupKey(
  definition: MasterDefinition,
  columns: readonly string[],
  row: Pick<MasterRow, 'values' | 'validFromMs'>,
): string {
  const parts = columns.map((name) => {
    if (name === definition.period.from) return row.validFromMs ?? '';
    const value = row.values[name] ?? '';
    return definition.columns.find((column) => column.name === name)?.type === 'name' ? foldName(value) : value;
  });
  return JSON.stringify(parts);
}

/** Whether two rows say the same, their period aside. */
export function sameValues(
  definition: MasterDefinition,
  one: Pick<MasterRow, 'values'>,
  other: Pick<MasterRow, 'values'>,
): boolean {
  const { from, until } = definition.period;
  return definition.columns.every(
    ({ name }) => name === from || name === until || (one.values[name] ?? '') === (other.values[name] ?? ''),
  );
}
