import { matchesLogGroup } from '@akashi/policy';

/** One name or pattern on each line; commas and white space part them as well. Each once, in order. */
export function nameLines(text: string): string[] {
  return [...new Set(text.split(/[\s,、]+/u).filter(Boolean))];
}

/** The names that the patterns reach, as the API judges it. */
export function reachedBy(patterns: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) => patterns.some((pattern) => matchesLogGroup(pattern, name)));
}
