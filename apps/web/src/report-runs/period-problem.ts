const longestMilliseconds = 366 * 86_400_000;

/** What is wrong with a period of RFC 3339 moments, as a key of the dialog's words; null when nothing is. */
export function periodProblem(from: string | null, to: string | null): 'order' | 'long' | null {
  if (from === null || to === null) return null;
  const length = Date.parse(to) - Date.parse(from);
  if (length <= 0) return 'order';
  return length > longestMilliseconds ? 'long' : null;
}
