/** Wildcard patterns: `*` any characters, `?` one code point, `\` makes the next character literal. */

export type GlobStep = { kind: 'any' } | { kind: 'one' } | { kind: 'literal'; character: string };

export function readGlob(pattern: string): GlobStep[] {
  const steps: GlobStep[] = [];
  const characters = Array.from(pattern);
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    if (character === '*') steps.push({ kind: 'any' });
    else if (character === '?') steps.push({ kind: 'one' });
    else if (character === '\\' && index + 1 < characters.length) {
      index++;
      steps.push({ kind: 'literal', character: characters[index] ?? '' });
    } else steps.push({ kind: 'literal', character });
  }
  return steps;
}

/** The pattern that matches exactly this text. */
export function escapeGlob(text: string): string {
  return text.replace(/[\\*?]/g, (character) => `\\${character}`);
}

/** Whether the whole text matches. At most pattern × text steps, whatever the pattern (no backtracking tree). */
export function matchesGlob(pattern: readonly GlobStep[], text: string): boolean {
  const characters = Array.from(text);
  let at = 0;
  let step = 0;
  let anyStep = -1;
  let anyAt = 0;
  while (at < characters.length) {
    const current = pattern[step];
    if (current?.kind === 'any') {
      anyStep = step++;
      anyAt = at;
    } else if (current !== undefined && (current.kind === 'one' || current.character === characters[at])) {
      step++;
      at++;
    } else if (anyStep >= 0) {
      step = anyStep + 1;
      at = ++anyAt;
    } else return false;
  }
  while (pattern[step]?.kind === 'any') step++;
  return step === pattern.length;
}
