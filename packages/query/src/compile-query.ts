import { planWords } from './words-plan.ts';
import { defaultQueryFields, type QueryFields } from './query-fields.ts';
import type { EqualsNode, QueryTree, RangeNode, WordPatternNode, WordsNode } from './query-tree.ts';

/** A query of the index's query language, for filter context (no scores). */
export type SearchFilter = Record<string, unknown>;

/** Analyzer names that the index template defines and that filters name. */
export const textAnalyzers = {
  index: 'akashi_text',
  search: 'akashi_text_search',
  pairs: 'akashi_text_pairs',
} as const;

/** Text fields that bare words and `message:` look into: `message` is kept only when it is no part of `record`. */
export const messageFields = ['record', 'message'] as const;

/** The filter with the same meaning as `matches` has for one document. */
export function compileQuery(tree: QueryTree, fields: QueryFields = defaultQueryFields): SearchFilter {
  const compile = (part: QueryTree): SearchFilter => compileQuery(part, fields);
  switch (tree.kind) {
    case 'all':
      return { match_all: {} };
    case 'and':
      return { bool: { filter: tree.parts.map(compile) } };
    case 'or':
      return anyOf(compileAlternatives(tree.parts, compile));
    case 'not':
      return { bool: { must_not: [compile(tree.part)] } };
    case 'words':
      return anyOf(textFieldsOf(tree.field).map((field) => compileWords(tree, field)));
    case 'word-pattern':
      return anyOf(textFieldsOf(tree.field).map((field) => compileWordPattern(tree, field)));
    case 'equals':
      return { term: { [tree.field]: { value: tree.value } } };
    case 'pattern':
      return { wildcard: { [tree.field]: { value: tree.pattern } } };
    case 'exists':
      return anyOf(textFieldsOf(tree.field).map((field) => ({ exists: { field } })));
    case 'range':
      return compileRange(tree, fields);
  }
}

export function textFieldsOf(field: string): readonly string[] {
  return field === 'message' ? messageFields : [field];
}

function anyOf(filters: readonly SearchFilter[]): SearchFilter {
  const [only] = filters;
  if (filters.length === 1 && only !== undefined) return only;
  return { bool: { should: filters, minimum_should_match: 1 } };
}

/** Values of one field become a single `terms` filter: one clause however many values were chosen. */
function compileAlternatives(parts: readonly QueryTree[], compile: (part: QueryTree) => SearchFilter): SearchFilter[] {
  const values = new Map<string, EqualsNode['value'][]>();
  const rest: SearchFilter[] = [];
  for (const part of parts) {
    if (part.kind === 'equals' && !String(part.value).includes('/')) {
      const known = values.get(part.field);
      if (known === undefined) values.set(part.field, [part.value]);
      else known.push(part.value);
    } else rest.push(compile(part));
  }
  return [...[...values].map(([field, list]) => ({ terms: { [field]: list } })), ...rest];
}

function compileWords(words: WordsNode, field: string): SearchFilter {
  const { phrase, runs } = planWords(words.text);
  const filters: SearchFilter[] = runs.map((query) => ({
    match_phrase: { [field]: { query, analyzer: textAnalyzers.pairs } },
  }));
  if (phrase !== undefined) {
    filters.unshift({ match_phrase: { [field]: { query: words.text, analyzer: textAnalyzers.search } } });
  }
  const [only] = filters;
  return filters.length === 1 && only !== undefined ? only : { bool: { filter: filters } };
}

function compileWordPattern(node: WordPatternNode, field: string): SearchFilter {
  const prefix = /^([^*?\\]+)\*$/.exec(node.pattern)?.[1];
  if (prefix !== undefined) return { prefix: { [field]: { value: prefix } } };
  return { wildcard: { [field]: { value: node.pattern } } };
}

function compileRange({ field, gte, gt, lt, lte }: RangeNode, fields: QueryFields): SearchFilter {
  const bounds = Object.entries({ gte, gt, lt, lte }).filter(([, bound]) => bound !== undefined);
  return {
    range: {
      [field]: isDate(field, fields)
        ? { ...Object.fromEntries(bounds), format: 'epoch_millis' }
        : Object.fromEntries(bounds),
    },
  };
}

function isDate(field: string, fields: QueryFields): boolean {
  return fields.typeOf(field) === 'date';
}
