import { ruleLimits } from '../rules/rule-limits.ts';
import type { RuleEvent } from '../events/rule-event.ts';

/** Values of a key as one text: a JSON array of texts and nulls. */
export function keyText(values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/** The values that `keyText` wrote; a null is a field that the event does not have. */
export function keyValues(key: string): (string | null)[] {
  return JSON.parse(key) as (string | null)[];
}

/** A field's value as a part of a key: cut to a bounded length; of several values all of them, joined by commas. */
export function keyValue(event: RuleEvent, field: string): string | null {
  const value = event.value(field);
  if (value === undefined || value === null) return null;
  const text = Array.isArray(value) ? value.map(String).join(',') : String(value as string | number | boolean);
  return text.length > ruleLimits.keyValueChars ? text.slice(0, ruleLimits.keyValueChars).toWellFormed() : text;
}
