export type SortDirection = 'ascending' | 'descending';
export type SortValue = string | number | boolean | null;

interface Order<Row> {
  sortBy: (row: Row) => SortValue;
  direction: SortDirection;
  locale: string;
}

/** A sorted copy. Words by the rules of the language, with numbers in them by value; null last in both directions. */
export function sortRows<Row>(rows: readonly Row[], { sortBy, direction, locale }: Order<Row>): Row[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  const sign = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .toSorted((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      if (typeof a.value === 'string' && typeof b.value === 'string') return sign * collator.compare(a.value, b.value);
      return sign * (Number(a.value) - Number(b.value));
    })
    .map(({ row }) => row);
}
