import { formatQuery } from './format-query.ts';
import { parseQuery, type ParseSettings } from './parse-query.ts';
import { defaultQueryFields, type QueryFields } from './query-fields.ts';
import { joinParts, type QueryTree } from './query-tree.ts';
import { readValue } from './read-value.ts';
import { escapeGlob } from './glob.ts';

/** One of the conditions that must all hold: what a filter chip shows. */
export interface Conjunct {
  tree: QueryTree;
  /** The condition as query text. */
  text: string;
  negated: boolean;
  /** The only field that the condition is about; absent for bare words and for mixed groups. */
  field?: string;
}

/** Conditions of a query that are left out one by one to see what each takes away; those after them are not. */
export const mostRelaxed = 6;

export function conjuncts(tree: QueryTree): Conjunct[] {
  if (tree.kind === 'all') return [];
  return (tree.kind === 'and' ? tree.parts : [tree]).map((part) => {
    const [field, ...others] = new Set(fieldsOf(part));
    const isBare = others.length > 0 || field === undefined || field === 'message';
    return { tree: part, text: formatQuery(part), negated: part.kind === 'not', ...(isBare ? {} : { field }) };
  });
}

/** The tree without its conjunct at `index`. */
export function removeConjunct(tree: QueryTree, index: number): QueryTree {
  const parts = conjuncts(tree).map((conjunct) => conjunct.tree);
  return joinParts(
    'and',
    parts.filter((_, at) => at !== index),
  );
}

/** The tree with the opposite of its conjunct at `index`. */
export function negateConjunct(tree: QueryTree, index: number): QueryTree {
  const parts = conjuncts(tree).map(({ tree: part }, at) => (at === index ? negate(part) : part));
  return joinParts('and', parts);
}

/** The tree without top-level conditions on this field alone (a facet counts without its own filter). */
export function withoutField(tree: QueryTree, field: string): QueryTree {
  return joinParts(
    'and',
    conjuncts(tree)
      .filter((conjunct) => conjunct.field !== field)
      .map((conjunct) => conjunct.tree),
  );
}

export interface ValueFilter {
  field: string;
  /** The value as an event shows it, or null for "the field exists". */
  value: string | number | boolean | null;
  negate?: boolean;
}

/**
 * The query text narrowed by a value (`null` as value: by the field's presence). The same filter twice stays once,
 * and its opposite is replaced by it. Undefined when the text can't be read or the value does not fit the field.
 */
export function addFilter(text: string, filter: ValueFilter, settings: ParseSettings = {}): string | undefined {
  const parsed = parseQuery(text, settings);
  const fields = settings.fields ?? defaultQueryFields;
  const condition = conditionOf(filter, fields);
  if (!parsed.ok || condition === undefined) return undefined;
  const wanted = filter.negate === true ? negate(condition) : condition;
  const opposite = formatQuery(negate(wanted), fields);
  const written = formatQuery(wanted, fields);
  const rest = conjuncts(parsed.tree).filter((conjunct) => conjunct.text !== opposite && conjunct.text !== written);
  return formatQuery(joinParts('and', [...rest.map((conjunct) => conjunct.tree), wanted]), fields);
}

/** The condition that a field has the value; undefined when the value does not fit the field. */
export function conditionOf({ field, value }: ValueFilter, fields: QueryFields): QueryTree | undefined {
  const resolved = fields.resolve(field);
  if (value === null) return { kind: 'exists', field: resolved.name };
  const written = String(value);
  const read = readValue(
    resolved,
    { text: written, pattern: escapeGlob(written), wildcard: false, quoted: true, comparison: ':' },
    'UTC',
  );
  return read.ok ? read.tree : undefined;
}

function negate(tree: QueryTree): QueryTree {
  return tree.kind === 'not' ? tree.part : { kind: 'not', part: tree };
}

function fieldsOf(tree: QueryTree): string[] {
  switch (tree.kind) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return tree.parts.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(tree.part);
    case 'words':
    case 'word-pattern':
    case 'equals':
    case 'pattern':
    case 'exists':
    case 'range':
      return [tree.field];
  }
}
