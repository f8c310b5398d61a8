interface Identified {
  readonly id: string;
}

/** How many of the rows that were found now are not among those that are shown. */
export function countNew(shown: readonly Identified[], found: readonly Identified[]): number {
  const known = new Set(shown.map(({ id }) => id));
  return found.filter(({ id }) => !known.has(id)).length;
}
