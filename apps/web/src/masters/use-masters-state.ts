import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

export const masterViews = ['rows', 'versions'] as const;

/** What the page shows, in the address: the table, the moment and the words that are asked for, or an earlier version. */
export function useMastersState() {
  return useQueryStates(
    {
      table: parseAsString.withDefault('people'),
      view: parseAsStringLiteral(masterViews).withDefault('rows'),
      at: parseAsString,
      q: parseAsString.withDefault(''),
      version: parseAsInteger,
    },
    { history: 'push' },
  );
}
