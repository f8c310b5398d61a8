import { cardNumbersIn } from '@akashi/masking';
import { parseQuery } from '@akashi/query';

export interface CardGuard {
  /** A query that finds the masked records instead. */
  instead: string;
}

/**
 * Null for a query without a card number. One with a card number is never run: it would stand in the address, in the
 * history, in the audit trail. Records hold first six and last four digits, so those are what can be looked for.
 */
export function guardCardNumbers(query: string): CardGuard | null {
  const places = cardNumbersIn(query);
  if (places.length === 0) return null;
  let rewritten = query;
  for (const { start, end, masked } of places.toReversed()) {
    const quoted = rewritten[start - 1] === '"' && rewritten[end] === '"';
    const from = quoted ? start - 1 : start;
    const to = quoted ? end + 1 : end;
    rewritten = `${rewritten.slice(0, from)}${anyOf(masked)}${rewritten.slice(to)}`;
  }
  const readable = parseQuery(rewritten).ok && cardNumbersIn(rewritten).length === 0;
  return { instead: readable ? rewritten : anyOf(places.flatMap(({ masked }) => masked)) };
}

function anyOf(forms: readonly string[]): string {
  const quoted = forms.map((form) => `"${form}"`);
  return quoted.length === 1 ? (quoted[0] ?? '') : `(${quoted.join(' OR ')})`;
}

/** Half a card number is not asked for either: values are only looked up for shorter rows of digits. */
export function mayAskForValues(prefix: string): boolean {
  return prefix.replace(/\D/g, '').length < 9;
}
