import { grokPatterns } from './grok-patterns.ts';
import { ownFormatLimits, type OwnFormatProblem } from './own-format.ts';

export type ExpandedGrok =
  | { readonly ok: true; readonly source: string; readonly parts: readonly GrokPart[] }
  | { readonly ok: false; readonly problem: Omit<OwnFormatProblem, 'path'> };

/** A piece of a written pattern: what a reader would name when a line does not fit. */
export interface GrokPart {
  /** As it was written. */
  readonly text: string;
  readonly position: number;
}

const reference = /%\{([A-Za-z0-9_]{1,64})(?::([^}:]{1,128}))?(?::[a-z]{1,16})?\}/g;

/**
 * Spells a grok pattern out: `%{IP:source.ip}` becomes a named group around the pattern of that name. `[source][ip]` is read
 * as `source.ip`; a type behind a second colon is left to the catalogue. `own` are the organisation's patterns.
 */
export function expandGrok(pattern: string, own: Readonly<Record<string, string>> = {}): ExpandedGrok {
  const expand = (text: string, within: readonly string[]): string => {
    let source = '';
    let from = 0;
    for (const match of text.matchAll(reference)) {
      const [all, name = '', key] = match;
      const place = { near: all, position: match.index };
      if (within.includes(name)) throw new GrokFault({ code: 'circular-pattern', ...place });
      const found = Object.hasOwn(own, name) ? own[name] : grokPatterns[name];
      if (found === undefined) throw new GrokFault({ code: 'unknown-pattern', ...place });
      const inner = expand(found, [...within, name]);
      source += text.slice(from, match.index) + (key === undefined ? `(?:${inner})` : `(?P<${keyOf(key)}>${inner})`);
      from = match.index + all.length;
      if (source.length > ownFormatLimits.expandedChars) throw new GrokFault({ code: 'too-large' });
    }
    return source + text.slice(from);
  };
  try {
    return { ok: true, source: expand(pattern, []), parts: partsOf(pattern) };
  } catch (error) {
    if (error instanceof GrokFault) return { ok: false, problem: error.problem };
    throw error;
  }
}

class GrokFault extends Error {
  readonly problem: Omit<OwnFormatProblem, 'path'>;

  constructor(problem: Omit<OwnFormatProblem, 'path'>) {
    super(problem.code);
    this.problem = problem;
  }
}

function keyOf(written: string): string {
  const parts = /^\[.+\]$/.test(written) ? written.slice(1, -1).split('][') : [written];
  return parts.join('.');
}

function partsOf(pattern: string): GrokPart[] {
  const parts: GrokPart[] = [];
  let from = 0;
  for (const match of pattern.matchAll(reference)) {
    if (match.index > from) parts.push({ text: pattern.slice(from, match.index), position: from });
    parts.push({ text: match[0], position: match.index });
    from = match.index + match[0].length;
  }
  if (from < pattern.length) parts.push({ text: pattern.slice(from), position: from });
  return parts;
}
