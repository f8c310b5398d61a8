import { CardDataSearch } from './card-data-search.ts';

export interface CardNumberPlace {
  /** UTF-16 positions in the text. */
  start: number;
  end: number;
  /** How masked records hold a card number: in one piece, and as it is printed where that is customary. None for other card data. */
  masked: readonly string[];
}

/** Printed groups by number of digits. */
const printed: Record<number, readonly number[]> = { 14: [4, 6, 4], 15: [4, 6, 5], 16: [4, 4, 4, 4] };

interface Searches {
  /** What the masker masks. */
  asMasked: CardDataSearch;
  /** The same from the first digit to the last. */
  whole: CardDataSearch;
}

let searches: Searches | undefined;

function searchesOf(): Searches {
  searches ??= {
    asMasked: new CardDataSearch('first6last4', new CardDataSearch('first6last4', null)),
    whole: new CardDataSearch('none', new CardDataSearch('none', null)),
  };
  return searches;
}

/**
 * Where card data stands in what a person typed, by the very search of the masker: numbers in every spelling, values of
 * keys, codes, track data, escapes. For text before it is used anywhere. Without Node, for browsers.
 */
export function cardNumbersIn(text: string): CardNumberPlace[] {
  const { asMasked, whole } = searchesOf();
  const record = new TextEncoder().encode(text);
  if (asMasked.find(record).edits.length === 0) return [];
  const { edits, marks } = whole.find(record);
  const places: CardNumberPlace[] = [];
  // With nothing kept, a mark reaches over the whole of what was found.
  const found = marks.map(({ rule, firstEdit, lastEdit }) => ({
    rule,
    start: lengthOf(record.subarray(0, edits[firstEdit]?.at)),
    end: lengthOf(record.subarray(0, edits[lastEdit]?.until)),
  }));
  let last = 0;
  for (const { rule, start, end } of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const value = text.slice(start, end);
    // What is truncated already is how records hold it.
    if (start < last || /[*]{3}/.test(value)) continue;
    last = end;
    places.push({ start, end, masked: rule.startsWith('pan') ? maskedForms(value) : [] });
  }
  return places;
}

/** The length in UTF-16 units of text in UTF-8. */
function lengthOf(bytes: Uint8Array): number {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).length;
}

/** None for what is not written with digits and what stands between them. */
function maskedForms(value: string): string[] {
  const digits = value.normalize('NFKC').replace(/[\s.,'\u2019:/_+\u30fc\p{Pd}]/gu, '');
  if (!/^\d{13,19}$/.test(digits)) return [];
  const masked = digits.slice(0, 6) + '*'.repeat(digits.length - 10) + digits.slice(-4);
  let at = 0;
  const groups = (printed[digits.length] ?? []).map((length) => masked.slice(at, (at += length)));
  return groups.length === 0 ? [masked] : [masked, groups.join(' ')];
}
