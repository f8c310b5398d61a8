/** The assignments of an UPDATE by what a change gives, from a parameter's number on; what is undefined stays as it is. */
export function assignColumns(
  names: Readonly<Record<string, string>>,
  change: object,
  firstParameter: number,
): { assignments: string; values: unknown[] } {
  const given = new Map<string, unknown>(Object.entries(change));
  const named = Object.entries(names).filter(([name]) => given.get(name) !== undefined);
  return {
    assignments: named.map(([, column], at) => `${column} = $${firstParameter + at}`).join(', '),
    values: named.map(([name]) => given.get(name)),
  };
}
