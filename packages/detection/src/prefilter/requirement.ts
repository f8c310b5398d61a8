import { foldToken } from '@akashi/query';

/** Stands for any character beyond ASCII. */
export const beyondAscii = '\u0080';

/** A text, in lower case and ASCII (or `beyondAscii`), that stands in one of these fields of every event of which a condition is true. */
export interface Literal {
  readonly fields: readonly string[];
  readonly text: string;
}

/** Literals of which at least one is in every event that fulfils a condition; null: nothing can be said. */
export type Requirement = readonly Literal[] | null;

const leastChars = 3;
/** Longer ones tell no more, and make the table of the search larger. */
const mostChars = 14;

const isBeyond = /[\u0080-\uffff]/;

/**
 * The longest run of ASCII characters of a text, in lower case; `beyondAscii` where the rest of it tells more; undefined for one
 * that is too short to be looked for.
 */
export function literalOf(text: string): string | undefined {
  let best = '';
  // oxlint-disable-next-line no-control-regex -- every ASCII character may be looked for
  for (const [run] of text.toLowerCase().matchAll(/[\u0000-\u007f]+/g)) if (run.length > best.length) best = run;
  if (best.trim().length < leastChars) return isBeyond.test(foldToken(text)) ? beyondAscii : undefined;
  return best.length > mostChars ? best.slice(-mostChars) : best;
}

/** Of what must all be fulfilled, the part that fewest events fulfil. */
export function requireAll(parts: readonly Requirement[]): Requirement {
  let best: Requirement = null;
  for (const part of parts) if (part !== null && (best === null || worth(part) > worth(best))) best = part;
  return best;
}

export function requireAny(parts: readonly Requirement[]): Requirement {
  const all: Literal[] = [];
  for (const part of parts) {
    if (part === null) return null;
    all.push(...part);
  }
  return all;
}

/** Fields whose values are much the same in all events of a format. */
const commonFields =
  /^(?:event\.|process\.(?:parent\.)?executable|pci\.|log\.|parse\.|winlog\.channel|http\.request\.method)/;

/** Long literals are rare, many are less so. */
function worth(literals: readonly Literal[]): number {
  const shortest = literals.reduce(
    (least, { text }) => Math.min(least, text === beyondAscii ? 6 : text.length),
    mostChars,
  );
  const isCommon = literals.some(({ fields: [first = ''] }) => commonFields.test(first));
  return shortest - Math.log2(literals.length + 1) - (isCommon ? 6 : 0);
}
