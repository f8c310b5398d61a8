/**
 * The meaning of a query. `and` and `or` hold two or more parts and never a part of their own kind; field names are
 * the index's own names (aliases resolved, unknown names as `labels.<name>`).
 */
export type QueryTree =
  | { kind: 'all' }
  | { kind: 'and'; parts: readonly QueryTree[] }
  | { kind: 'or'; parts: readonly QueryTree[] }
  | { kind: 'not'; part: QueryTree }
  | WordsNode
  | WordPatternNode
  | EqualsNode
  | PatternNode
  | ExistsNode
  | RangeNode;

/** The tokens of `text`, adjacent and in order, in a text field. Bare words have the field `message`. */
export interface WordsNode {
  kind: 'words';
  field: string;
  text: string;
}

/** One word of a text field matches a wildcard pattern (already folded to lower case and half width). */
export interface WordPatternNode {
  kind: 'word-pattern';
  field: string;
  pattern: string;
}

/** A field holds exactly this value; for an `ip` field an address or a network in CIDR notation. */
export interface EqualsNode {
  kind: 'equals';
  field: string;
  value: string | number | boolean;
}

/** A whole value of a keyword field matches: `*` any characters, `?` one character, `\` makes the next one literal. */
export interface PatternNode {
  kind: 'pattern';
  field: string;
  pattern: string;
}

export interface ExistsNode {
  kind: 'exists';
  field: string;
}

/** Bounds of a number, address or date field. Date bounds are epoch milliseconds and only `gte` and `lt`. */
export interface RangeNode {
  kind: 'range';
  field: string;
  gte?: number | string;
  gt?: number | string;
  lt?: number | string;
  lte?: number | string;
}

export type LeafNode = Exclude<QueryTree, { kind: 'and' | 'or' | 'not' | 'all' }>;

/** A query of this many UTF-16 units or fewer is read: longer ones are made by programs, which can use several. */
export const maxQueryLength = 4096;
/** Parentheses and NOT inside each other: bounds the recursion of every walk over a tree. */
export const maxQueryDepth = 50;
/** Comparisons of one query with fields of the index, a word being one with each text field: the engine takes 1,024. */
export const maxQueryClauses = 1000;

/** What no event fulfils. */
export const nothing: QueryTree = { kind: 'not', part: { kind: 'all' } };

/** Joins parts, keeping the promise that neither kind nests in itself. */
export function joinParts(kind: 'and' | 'or', parts: readonly QueryTree[]): QueryTree {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [only] = flat;
  // No condition is everything; no alternative is nothing: a query never means more than it says.
  if (only === undefined) return kind === 'and' ? { kind: 'all' } : nothing;
  return flat.length === 1 ? only : { kind, parts: flat };
}
