import { cardNumbersIn } from '@akashi/masking';
import { parseQuery } from '@akashi/query';

export interface CardGuard {
  /** A query that finds the masked records instead; empty where nothing of what was typed can be found. */
  instead: string;
}

/**
 * Null for a query without card data. One with a card number, a code or track data, however it is written, is never run: it
 * would stand in the address, in the history, in the audit trail. Records hold first six and last four digits, so those
 * are what can be looked for; of anything else nothing can.
 */
export function guardCardNumbers(query: string): CardGuard | null {
  const places = cardNumbersIn(query);
  if (places.length === 0) return null;
  let rewritten = query;
  for (const { start, end, masked } of places.toReversed()) {
    const quoted = rewritten[start - 1] === '"' && rewritten[end] === '"';
    const from = quoted ? start - 1 : start;
    const to = quoted ? end + 1 : end;
    rewritten = `${rewritten.slice(0, from)}${masked.length === 0 ? '' : anyOf(masked)}${rewritten.slice(to)}`;
  }
  const isFindable = places.every((place) => place.masked.length > 0 && standsApart(query, place));
  const readable = isFindable && parseQuery(rewritten).ok && cardNumbersIn(rewritten).length === 0;
  return { instead: readable ? rewritten : anyOf(places.flatMap(({ masked }) => masked)) };
}

/** Whether no letter or digit stands right in front of the value or behind it. */
function standsApart(query: string, { start, end }: { start: number; end: number }): boolean {
  return !/[\p{L}\p{N}]$/u.test(query.slice(0, start)) && !/^[\p{L}\p{N}]/u.test(query.slice(end));
}

function anyOf(forms: readonly string[]): string {
  const quoted = [...new Set(forms)].map((form) => `"${form}"`);
  return quoted.length < 2 ? (quoted[0] ?? '') : `(${quoted.join(' OR ')})`;
}

/** Half a card number is not asked for either: values are only looked up for shorter rows of digits. */
export function mayAskForValues(prefix: string): boolean {
  return prefix.replace(/\D/g, '').length < 9;
}
