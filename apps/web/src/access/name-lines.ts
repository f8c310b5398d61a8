/** One name or pattern on each line; commas and white space part them as well. Each once, in order. */
export function nameLines(text: string): string[] {
  return [...new Set(text.split(/[\s,、]+/u).filter(Boolean))];
}

/**
 * The names that a pattern reaches, as the API judges it: `*` stands for any characters, and reaches the product's own
 * `akashi/…` only when the pattern begins so.
 */
export function reachedBy(patterns: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) => patterns.some((pattern) => reaches(pattern, name)));
}

function reaches(pattern: string, name: string): boolean {
  if (name.startsWith('akashi/') && !pattern.startsWith('akashi/')) return false;
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
