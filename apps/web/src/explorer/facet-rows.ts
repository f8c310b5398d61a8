import type { ChosenValues } from '@akashi/query';
import type { Facet } from '../api-client/search.ts';

export interface FacetRow {
  value: string | number | boolean;
  /** Null for a chosen value that the answer does not list. */
  count: number | null;
  /** Of the most frequent value. */
  share: number;
  included: boolean;
  excluded: boolean;
}

/** The rows of a facet: what is chosen is always among them, so that it can be taken back. */
export function facetRows(facet: Facet, chosen: ChosenValues, wanted: string): FacetRow[] {
  const most = Math.max(1, ...facet.values.map(({ count }) => count));
  const listed = new Set(facet.values.map(({ value }) => String(value)));
  const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
  const unlisted = [...chosen.included, ...chosen.excluded].filter(
    (value) => !listed.has(value) && fold(value).includes(fold(wanted)),
  );
  const rowOf = (value: FacetRow['value'], count: number | null): FacetRow => ({
    value,
    count,
    share: (count ?? 0) / most,
    included: chosen.included.includes(String(value)),
    excluded: chosen.excluded.includes(String(value)),
  });
  return [
    ...unlisted.map((value) => rowOf(value, null)),
    ...facet.values.map(({ value, count }) => rowOf(value, count)),
  ];
}
